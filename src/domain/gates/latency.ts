import { countsIn, type Grid, totalOf, valuesIn } from './buckets.ts';
import { LEAST_REQUESTS } from './floors.ts';
import type { ColourSeries } from './measurements.ts';

export type Percentile = 'p95' | 'p99';

/** A percentile of a colour's response times, where enough requests stand behind it. */
export type Latency = {
  readonly requests: number;
  /** Of buckets with enough requests of their own: percentiles cannot be added up. */
  readonly byBucket: ReadonlyMap<number, { readonly ms: number; readonly requests: number }>;
  /** Of all requests together, milliseconds. */
  readonly window: number | undefined;
};

export function latencyOf(percentile: Percentile, grid: Grid, series: ColourSeries): Latency {
  const least = LEAST_REQUESTS[percentile];
  const counts = countsIn(grid, series);
  const values = valuesIn(grid, percentile === 'p95' ? series.p95Ms : series.p99Ms);
  const byBucket = new Map<number, { ms: number; requests: number }>();
  for (const [bucket, { requests }] of counts) {
    const ms = values.get(bucket);
    if (ms !== undefined && requests >= least) byBucket.set(bucket, { ms, requests });
  }
  const { requests } = totalOf(counts, counts.keys());
  const window = percentile === 'p95' ? series.windowP95Ms : series.windowP99Ms;
  return { requests, byBucket, window: requests >= least ? window : undefined };
}

/** Milliseconds: of all requests together, or else what half of the requests were in buckets at or below. */
export function typicalMs({ window, byBucket }: Latency): number | undefined {
  if (window !== undefined) return window;
  const ascending = [...byBucket.values()].sort((one, other) => one.ms - other.ms);
  let left = judgedRequests({ byBucket }) / 2;
  return ascending.find(({ requests }) => {
    left -= requests;
    return left <= 0;
  })?.ms;
}

/** Requests in buckets with enough of them. */
export function judgedRequests({ byBucket }: Pick<Latency, 'byBucket'>): number {
  let sum = 0;
  for (const { requests } of byBucket.values()) sum += requests;
  return sum;
}
