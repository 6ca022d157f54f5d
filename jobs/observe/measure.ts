import type { Measurements } from '../../src/domain/gates/index.ts';
import type { Colour, Target } from '../../src/domain/release.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import type { RawMeasurements } from '../../src/ports/metrics.ts';
import type { World } from '../world.ts';

/** Longer ago than this is not read: a bake that lasts longer is judged by its last hours. Milliseconds. */
const LONGEST_WINDOW = 3 * 3_600_000;

export type Measured = Pick<Measurements, 'next' | 'live' | 'balancer' | 'database' | 'visibleUntil'>;

/** Reads everything that was measured since then, in buckets that began then or later. Errors as `Metrics.measure`. */
export async function measureSince(
  { target, to, since }: { target: Target; to: Colour; since: number },
  { metrics, clock, policy }: Pick<World, 'metrics' | 'clock' | 'policy'>,
  signal: AbortSignal,
): Promise<Measured> {
  const { metricPeriod } = policy.timing;
  const now = clock.now();
  // The bucket in which the weights settled is also of the weights before, and percentiles cannot be taken apart.
  const from = Math.ceil(Math.max(since, now - LONGEST_WINDOW) / metricPeriod) * metricPeriod;
  const until = bucketOf(now, metricPeriod) + metricPeriod;
  const raw = await metrics.measure(
    target,
    {
      from,
      until,
      periodSeconds: metricPeriod / 1000,
      percentilesUntil: bucketOf(now, metricPeriod) - metricPeriod,
    },
    { signal },
  );
  return {
    ...sidesOf(raw, to),
    balancer: raw.balancer,
    ...(raw.database === undefined ? {} : { database: raw.database }),
    visibleUntil: visibleUntil(raw, { now, ...policy.timing }),
  };
}

export function sidesOf(raw: RawMeasurements, to: Colour): Pick<Measurements, 'next' | 'live'> {
  return { next: raw[to], live: raw[otherColour(to)] };
}

/** Start of the bucket that a moment is in. */
export function bucketOf(at: number, period: number): number {
  return Math.floor(at / period) * period;
}

/**
 * Until when buckets count as complete. A load balancer reports a bucket some time after its end: one is whole a period
 * after its end if it is there at all by then, and what is not there after the longest delay will not come any more.
 */
export function visibleUntil(
  raw: RawMeasurements,
  { now, metricPeriod, metricDelay }: { now: number; metricPeriod: number; metricDelay: number },
): number {
  const certain = bucketOf(now - metricDelay, metricPeriod);
  const series = [raw.blue.requests, raw.green.requests, raw.balancer.requests];
  const ends = series.flat().map(({ at }) => at + metricPeriod);
  return Math.max(certain, ...ends.filter((end) => end + metricPeriod <= now));
}

/** What the readings are where nothing was measured. */
export const nothing: Pick<Measurements, 'next' | 'live' | 'balancer'> = {
  next: emptySide(),
  live: emptySide(),
  balancer: { elb5xx: [], activeConnections: [], requests: [] },
};

function emptySide(): Measurements['next'] {
  return { requests: [], target5xx: [], target4xx: [], connectionErrors: [], p95Ms: [], p99Ms: [] };
}
