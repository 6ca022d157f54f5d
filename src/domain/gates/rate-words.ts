import type { Grid } from './buckets.ts';
import type { Look } from './look.ts';
import { SHARED } from './look.ts';
import { probeStateOf } from './probe.ts';
import { type Failures, type Rate, shareOf } from './rate.ts';
import type { Limit } from './standing.ts';
import { aside, counted, inPercent, roughly, timeSpan } from './words.ts';

/** `1.8 % of 412 requests failed`. */
export function whatFailed(gate: Rate['gate'], failures: Failures, limit: number): string {
  const share = failures.errors === 0 ? 'None' : inPercent(shareOf(failures), limit);
  return `${share} of ${counted(failures.requests, 'request')} ${verbOf(gate)}`;
}

/** `3 of 212 requests failed`. */
export function howManyFailed(gate: Rate['gate'], { requests, errors }: Failures): string {
  const few = errors === 0 ? 'None' : Math.round(errors);
  return `${few} of ${counted(requests, 'request')} ${verbOf(gate)}`;
}

/** `about 300 without another failure would prove that less than 1 % do`. */
export function whatWouldProve(needed: number, { errors, limit }: { errors: number; limit: number }): string {
  const claim = `that less than ${inPercent(limit)} do`;
  if (!Number.isFinite(needed)) return `no number of requests can prove ${claim}`;
  return `${roughly(needed)} without ${errors === 0 ? 'a' : 'another'} failure would prove ${claim}`;
}

/** `no more than before this deployment (2 %)`. */
export function noMoreThanBefore({ before }: Rate): string {
  return `no more than before this deployment${aside(before, (share) => inPercent(share))}`;
}

/** `at most 5 % may`. */
export function atMost(limit: number): string {
  return `at most ${inPercent(limit)} may`;
}

/** `at most 5 % may`, or what follows at once from a catastrophe. */
export function consequence({ limit, bound }: Limit): string {
  return bound === 'at-most' ? atMost(limit) : `from ${inPercent(limit)} on traffic goes back at once`;
}

/** `within 2 minutes`: the time from the first to the last of these buckets. */
export function inTime(buckets: readonly number[], { periodMs }: Grid): string {
  return `within ${timeSpan((Math.max(...buckets) - Math.min(...buckets) + 1) * periodMs)}`;
}

/** What both colours suffer from, and how one knows. */
export function sharedTrouble(live: Failures, { measurements }: Look): string {
  if (probeStateOf(measurements.probe ?? []) === 'both-fail') return `and neither release answers: ${SHARED}`;
  const requests = counted(live.requests, 'request');
  return `and ${inPercent(shareOf(live))} of the previous release's ${requests} at the same time: ${SHARED}`;
}

function verbOf(gate: Rate['gate']): string {
  return gate === 'errors' ? 'failed' : 'got a server error';
}
