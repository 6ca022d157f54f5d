import { endOfNewest } from './buckets.ts';
import { evidenceNeeded, isProvenAbove, isProvenBelow } from './evidence.ts';
import { CLEARLY_WORSE_THAN_BEFORE, LEAST_ERRORS, LEAST_REQUESTS } from './floors.ts';
import type { Look } from './look.ts';
import { type Rate, shareOf } from './rate.ts';
import { howManyFailed, noMoreThanBefore, sharedTrouble, whatFailed, whatWouldProve } from './rate-words.ts';
import type { GateReading } from './reading.ts';
import { standingOf } from './standing.ts';
import { inPercent } from './words.ts';

/** Whether it is proven, by all requests since the shift together, that the new colour's errors or 5xx are below the limit. */
export function ratePass(rate: Rate, limit: number, look: Look): GateReading {
  const failures = rate.nextIn(rate.buckets);
  const reading = measured(rate, limit, look);
  const allowed = `less than ${inPercent(limit)} may`;
  const failed = whatFailed(rate.gate, failures, limit);
  switch (verdictOn(rate, limit, look)) {
    case 'below':
      return { ...reading, kind: 'passed', words: `${failed}; ${allowed}.` };
    case 'no-worse':
      return { ...reading, kind: 'passed', isRelative: true, words: `${failed}: ${noMoreThanBefore(rate)}.` };
    case 'shared': {
      const words = `${failed}, ${sharedTrouble(rate.liveIn(rate.buckets), look)}.`;
      return { ...reading, kind: 'inconclusive', isShared: true, words };
    }
    case 'above':
      return { ...reading, kind: 'failed', words: `${failed}; ${allowed}.` };
    case 'by-smoke-tests': {
      const words = `${soFar(rate)}; passed by smoke tests and health.`;
      return { ...reading, kind: 'passed', words };
    }
    case 'unproven':
      return { ...reading, ...unproven(rate, limit, look), kind: 'inconclusive' };
  }
}

type Verdict = 'below' | 'no-worse' | 'shared' | 'above' | 'by-smoke-tests' | 'unproven';

function verdictOn(rate: Rate, limit: number, { policy }: Look): Verdict {
  const { requests, errors } = inWholeErrors(rate);
  const isEnough = requests >= LEAST_REQUESTS.errors;
  const bad = rate.before !== undefined && rate.before >= limit ? rate.before * CLEARLY_WORSE_THAN_BEFORE : 0;
  if (isEnough && isProvenBelow({ errors, requests, limit }, policy.confidence)) return 'below';
  if (isEnough && bad > 0 && errors <= bad * requests) return 'no-worse';
  const isAbove = isProvenAbove({ errors, requests, limit: Math.max(limit, bad) }, policy.confidence);
  if (isEnough && errors >= LEAST_ERRORS && isAbove) return isShared(rate, limit) ? 'shared' : 'above';
  return policy.evidence === 'smoke' && errors < LEAST_ERRORS ? 'by-smoke-tests' : 'unproven';
}

function isShared(rate: Rate, limit: number): boolean {
  const live = rate.liveIn(rate.buckets);
  if (live.requests < LEAST_REQUESTS.errors) return false;
  const next = shareOf(rate.nextIn(rate.buckets));
  return standingOf(next, { limit, bound: 'below' }, { live: shareOf(live) }) === 'shared';
}

/** A surplus may be a fraction; evidence is counted in whole errors. */
function inWholeErrors(rate: Rate): { requests: number; errors: number } {
  const { requests, errors } = rate.nextIn(rate.buckets);
  return { requests, errors: Math.round(errors) };
}

function unproven(rate: Rate, limit: number, { policy }: Look): Pick<GateReading, 'needed' | 'words'> {
  const { errors } = inWholeErrors(rate);
  const evidence = evidenceNeeded(errors, limit, policy.confidence);
  const needed = Math.max(LEAST_REQUESTS.errors, evidence);
  const words = `${soFar(rate)}; ${whatWouldProve(needed, { errors, limit })}.`;
  return Number.isFinite(needed) ? { needed, words } : { words };
}

function soFar(rate: Rate): string {
  const failures = rate.nextIn(rate.buckets);
  return failures.requests === 0 ? 'No requests yet' : howManyFailed(rate.gate, failures);
}

function measured(rate: Rate, limit: number, { grid }: Look) {
  const failures = rate.nextIn(rate.buckets);
  const at = endOfNewest(rate.buckets, grid);
  return {
    gate: rate.gate,
    limit,
    unit: 'share',
    bound: 'below',
    requests: failures.requests,
    ...(failures.requests > 0 && { value: shareOf(failures) }),
    ...(at !== undefined && { at }),
  } as const;
}
