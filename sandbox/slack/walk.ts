import { isObject, type JsonObject } from './json.ts';

export type Visit = {
  readonly value: JsonObject;
  readonly pointer: string;
  /** Index of the block, in the list that was walked, which holds the value. */
  readonly block: number;
};

/** Every object inside a list of blocks, outermost first, with its JSON pointer. */
export function walk(blocks: readonly unknown[], pointer: string): Visit[] {
  return blocks.flatMap((block, index) => inside(block, `${pointer}/${index}`, index));
}

function inside(value: unknown, pointer: string, block: number): Visit[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => inside(item, `${pointer}/${index}`, block));
  }
  if (!isObject(value)) return [];
  const nested = Object.entries(value).flatMap(([field, content]) =>
    inside(content, `${pointer}/${field}`, block),
  );
  return [{ value, pointer, block }, ...nested];
}
