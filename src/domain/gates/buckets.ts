import type { ColourSeries, Measurements, Series } from './measurements.ts';

/** The buckets of one look that count, by number: bucket `i` begins at `i` periods. None where `last` is below `first`. */
export type Grid = { readonly periodMs: number; readonly first: number; readonly last: number };

/** Complete and visible buckets that began at or after `since` (milliseconds since the epoch). */
export function gridSince(
  since: number,
  { periodSeconds, now, visibleUntil }: Pick<Measurements, 'periodSeconds' | 'now' | 'visibleUntil'>,
): Grid {
  const periodMs = periodSeconds * 1000;
  return {
    periodMs,
    first: Math.ceil(since / periodMs),
    last: Math.floor(Math.min(now, visibleUntil) / periodMs) - 1,
  };
}

/** Number of buckets, with or without measurements. */
export function sizeOf({ first, last }: Grid): number {
  return Math.max(0, last - first + 1);
}

/** By bucket; what lies outside of the grid is left out. */
export function valuesIn(grid: Grid, series: Series): Map<number, number> {
  const values = new Map<number, number>();
  for (const { at, value } of series) {
    const bucket = Math.floor(at / grid.periodMs);
    if (bucket >= grid.first && bucket <= grid.last) values.set(bucket, value);
  }
  return values;
}

/** What became of a colour's requests, in one bucket or several. */
export type Counts = {
  readonly requests: number;
  readonly fiveXx: number;
  readonly fourXx: number;
  readonly connectionErrors: number;
};

/** By bucket, of those with requests: the load balancer may leave a count of 0 out, but without requests nothing is known. */
export function countsIn(grid: Grid, series: ColourSeries): Map<number, Counts> {
  const fiveXx = valuesIn(grid, series.target5xx);
  const fourXx = valuesIn(grid, series.target4xx);
  const connectionErrors = valuesIn(grid, series.connectionErrors);
  const counts = new Map<number, Counts>();
  for (const [bucket, requests] of valuesIn(grid, series.requests)) {
    if (requests <= 0) continue;
    counts.set(bucket, {
      requests,
      fiveXx: fiveXx.get(bucket) ?? 0,
      fourXx: fourXx.get(bucket) ?? 0,
      connectionErrors: connectionErrors.get(bucket) ?? 0,
    });
  }
  return counts;
}

/** Of these buckets together; those without requests add nothing. */
export function totalOf(counts: ReadonlyMap<number, Counts>, buckets: Iterable<number>): Counts {
  const total = { requests: 0, fiveXx: 0, fourXx: 0, connectionErrors: 0 };
  for (const bucket of buckets) {
    const one = counts.get(bucket);
    if (one === undefined) continue;
    total.requests += one.requests;
    total.fiveXx += one.fiveXx;
    total.fourXx += one.fourXx;
    total.connectionErrors += one.connectionErrors;
  }
  return total;
}

/** End of the newest of these buckets (milliseconds since the epoch); undefined when there is none. */
export function endOfNewest(buckets: Iterable<number>, { periodMs }: Grid): number | undefined {
  let end: number | undefined;
  for (const bucket of buckets) end = Math.max(end ?? 0, (bucket + 1) * periodMs);
  return end;
}
