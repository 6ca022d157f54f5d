import type { Grid } from './buckets.ts';

/** Buckets, newest first, in which something held without a break. */
export type Stretch = readonly number[];

/** One bucket without a measurement bridges two with one; more than that is not known. */
const LONGEST_STEP = 2;

/**
 * The stretch that is going on now: it reaches the newest bucket of the grid, or the one before where the newest has no
 * measurement. One measured bucket in which it did not hold ends it. Empty: it does not hold now.
 */
export function stretchOf(holds: ReadonlyMap<number, boolean>, grid: Grid): Stretch {
  const stretch: number[] = [];
  let previous = grid.last + 1;
  for (const bucket of [...holds.keys()].sort((a, b) => b - a)) {
    if (previous - bucket > LONGEST_STEP || holds.get(bucket) !== true) break;
    stretch.push(bucket);
    previous = bucket;
  }
  return stretch;
}

/**
 * Whether it has held for more than `forMs`: in at least two buckets that together cover so long, of which the first began
 * longer ago. With buckets of 60 s two minutes are two buckets, which are visible only after more than two minutes.
 */
export function hasLasted(stretch: Stretch, { forMs, now, grid }: Lasting): boolean {
  const newest = stretch[0];
  const oldest = stretch.at(-1);
  if (newest === undefined || oldest === undefined || newest === oldest) return false;
  const coveredMs = (newest - oldest + 1) * grid.periodMs;
  return coveredMs >= forMs && now - oldest * grid.periodMs > forMs;
}

export type Lasting = { readonly forMs: number; readonly now: number; readonly grid: Grid };
