import { isObject, type JsonObject, objectsIn } from './json.ts';
import { isInteractive } from './normalise.ts';

export type PlacedElement = {
  readonly element: JsonObject;
  readonly block: JsonObject;
  readonly blockId: string;
  readonly actionId: string;
};

/** Everything a person can press, pick or fill in a list of blocks, in order. */
export function elementsIn(blocks: readonly unknown[]): PlacedElement[] {
  return objectsIn(blocks).flatMap((block) => [
    ...elementsIn(blocksInside(block)),
    ...candidates(block)
      .filter((element) => isInteractive(String(element.type)))
      .map((element) => ({
        element,
        block,
        blockId: String(block.block_id),
        actionId: String(element.action_id),
      })),
  ]);
}

function blocksInside({ type, child_blocks: children, elements }: JsonObject): JsonObject[] {
  return objectsIn(type === 'carousel' ? elements : children);
}

function candidates(block: JsonObject): JsonObject[] {
  const single = [block.accessory, block.element].filter(isObject);
  return [...single, ...objectsIn(block.elements), ...objectsIn(block.actions)];
}
