import { SLOW_TIMES } from './floors.ts';
import { judgedRequests, type Latency, typicalMs } from './latency.ts';
import { type Comparison, type Standing, standingOf } from './standing.ts';

/** Share of the requests (0 to 1) that came at times of each standing. */
export type SlowTimes = Readonly<Record<Standing, number>>;

/**
 * The percentile of all requests together decides, where the metrics have it. Percentiles of single buckets can be neither
 * added nor averaged; but while a bucket was over the limit it was too slow for people, so its requests count as slow.
 */
export function slowTimes(next: Latency, live: Latency, { limitMs, before }: Allowed): SlowTimes {
  const times: Record<Standing, number> = { within: 0, 'no-worse': 0, shared: 0, near: 0, over: 0 };
  const standing = (ms: number, comparison: Comparison) =>
    standingOf(ms, { limit: limitMs, bound: 'below' }, comparison);
  if (next.window !== undefined) {
    return { ...times, [standing(next.window, { live: typicalMs(live), before })]: 1 };
  }
  const all = judgedRequests(next);
  for (const [bucket, { ms, requests }] of next.byBucket) {
    times[standing(ms, { live: live.byBucket.get(bucket)?.ms, before })] += requests / all;
  }
  return times;
}

/** `before`: what it was before the first shift. Milliseconds. */
export type Allowed = { readonly limitMs: number; readonly before: number | undefined };

/** What follows; `mixed`: too slow for too many, though not for most. */
export function verdictOn(times: SlowTimes): 'passed' | 'no-worse' | 'failed' | 'shared' | 'mixed' {
  const own = times.over + times.near;
  if (own > SLOW_TIMES.failed) return 'failed';
  if (own + times.shared <= SLOW_TIMES.passed)
    return times['no-worse'] > SLOW_TIMES.passed ? 'no-worse' : 'passed';
  return times.shared > own ? 'shared' : 'mixed';
}
