import { createRandom } from '../random.ts';

/** So many of the items, chosen by the seed: the same seed chooses the same. In their order. */
export function slice<Item>(
  items: readonly Item[],
  { count, seed }: { count: number; seed: number },
): Item[] {
  const random = createRandom(seed);
  const left = items.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < count && left.length > 0) {
    for (const index of left.splice(Math.floor(random.between(0, left.length)), 1)) chosen.add(index);
  }
  return items.filter((_, index) => chosen.has(index));
}
