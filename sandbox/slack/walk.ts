import { isObject, type JsonObject } from './json.ts';

export type Visit = {
  readonly value: JsonObject;
  readonly pointer: string;
  /** Pointer of the block that holds the value: the innermost one, where blocks hold blocks. */
  readonly block: string;
};

/** Every object inside a list of blocks, outermost first, with its JSON pointer. */
export function walk(blocks: readonly unknown[], pointer: string): Visit[] {
  return blocks.flatMap((block, index) => inside(block, `${pointer}/${index}`, `${pointer}/${index}`));
}

function inside(value: unknown, pointer: string, block: string): Visit[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => inside(item, `${pointer}/${index}`, block));
  }
  if (!isObject(value)) return [];
  const nested = Object.entries(value).flatMap(([field, content]) => {
    const at = `${pointer}/${field}`;
    return holdsBlocks(value, field) && Array.isArray(content)
      ? walk(content, at)
      : inside(content, at, block);
  });
  return [{ value, pointer, block }, ...nested];
}

function holdsBlocks({ type }: JsonObject, field: string): boolean {
  return (
    field === 'child_blocks' ||
    (type === 'carousel' && field === 'elements') ||
    (type === 'plan' && field === 'tasks')
  );
}
