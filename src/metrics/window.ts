import type { MeasureRequest } from '../ports/metrics.ts';

/** Milliseconds since the epoch, both on the edge of a bucket; `percentiles` are the seconds of the one long bucket. */
export type Window = { start: number; end: number; percentiles: number | undefined };

/** The longest period that need not be whole minutes, seconds. */
const MINUTE = 60;

/** Which buckets a request is about; undefined when none begins in it. */
export function windowOf(request: MeasureRequest): Window | undefined {
  const bucket = request.periodSeconds * 1_000;
  const start = Math.ceil(request.from / bucket) * bucket;
  const end = Math.ceil(request.until / bucket) * bucket;
  if (start >= end) return undefined;
  const whole = Math.floor(((request.percentilesUntil ?? start) - start) / bucket) * request.periodSeconds;
  // CloudWatch knows no period above a minute that is not whole minutes: then the end is left out.
  const percentiles = whole > MINUTE ? whole - (whole % MINUTE) : whole;
  return { start, end, percentiles: percentiles > 0 ? percentiles : undefined };
}
