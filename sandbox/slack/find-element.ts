import { ControlError } from '../parts.ts';
import { elementsIn, type PlacedElement } from './elements.ts';
import { type JsonObject, objectsIn } from './json.ts';

type Named = { readonly action_id: string; readonly block_id?: string; readonly value?: unknown };

/** The element a person means. Throws ControlError when it is gone, or when several are called so. */
export function findElement(named: Named, blocks: readonly JsonObject[]): PlacedElement {
  const found = elementsIn(blocks).filter(
    ({ actionId, blockId }) =>
      actionId === named.action_id && (named.block_id === undefined || blockId === named.block_id),
  );
  const [first] = found;
  if (!first) throw new ControlError(404, `There is no ${named.action_id} there any more. Read it again.`);
  if (found.length === 1) return first;
  const byValue = found.find(({ element }) => offers(element, named.value));
  if (byValue) return byValue;
  throw new ControlError(400, `Several elements are called ${named.action_id}. Give block_id or the value.`);
}

function offers(element: JsonObject, value: unknown): boolean {
  const values = [element, ...objectsIn(element.options)].map((one) => one.value);
  return value !== undefined && values.includes(value);
}
