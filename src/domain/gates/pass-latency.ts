import { endOfNewest } from './buckets.ts';
import { LEAST_REQUESTS, SLOW_TIMES } from './floors.ts';
import { type Latency, latencyOf, type Percentile, typicalMs } from './latency.ts';
import { noSlowerThanBefore, slowestOf, whatTook } from './latency-words.ts';
import { type Look, SHARED } from './look.ts';
import type { GateReading } from './reading.ts';
import { slowTimes, verdictOn } from './slow-times.ts';
import { counted, inMs, inPercent } from './words.ts';

/** Whether a percentile of the new colour's response times is below the limit (milliseconds). */
export function latencyPass(percentile: Percentile, limitMs: number, look: Look): GateReading {
  const { measurements, grid } = look;
  const next = latencyOf(percentile, grid, measurements.next);
  const at = endOfNewest(next.byBucket.keys(), grid);
  const reading = {
    ...({ gate: percentile, limit: limitMs, unit: 'ms', bound: 'below', requests: next.requests } as const),
    ...(at !== undefined && { at }),
  };
  const value = typicalMs(next);
  if (value === undefined) return { ...reading, ...unknown(percentile, next, look) };
  return { ...reading, value, ...judged({ percentile, limitMs, look, next, value }) };
}

type Verdict = Pick<GateReading, 'kind' | 'words' | 'needed' | 'isRelative' | 'isShared'>;

type Slow = { percentile: Percentile; limitMs: number; look: Look; next: Latency; value: number };

function judged({ percentile, limitMs, look, next, value }: Slow): Verdict {
  const { baseline, live: liveSeries } = look.measurements;
  const live = latencyOf(percentile, look.grid, liveSeries);
  const before = percentile === 'p95' ? baseline?.p95Ms : baseline?.p99Ms;
  const times = slowTimes(next, live, { limitMs, before });
  const took = whatTook(percentile, { requests: next.requests, ms: value, live: typicalMs(live) }, limitMs);
  const words = `${took}; it must be less than ${inMs(limitMs)}.`;
  switch (verdictOn(times)) {
    case 'passed':
      return { kind: 'passed', words };
    case 'no-worse':
      return { kind: 'passed', isRelative: true, words: `${took}: ${noSlowerThanBefore(before)}.` };
    case 'failed':
      return { kind: 'failed', words };
    case 'shared':
      return { kind: 'inconclusive', isShared: true, words: `${took}: ${SHARED}.` };
    case 'mixed': {
      const slow = inPercent(1 - times.within - times['no-worse'], SLOW_TIMES.passed);
      const most = inPercent(SLOW_TIMES.passed);
      return {
        kind: 'inconclusive',
        words: `${slow} of the requests came at times when ${slowestOf(percentile)} took longer than ${inMs(limitMs)}; at most ${most} may.`,
      };
    }
  }
}

function unknown(percentile: Percentile, { requests }: Latency, { policy }: Look): Verdict {
  const least = LEAST_REQUESTS[percentile];
  const soFar = requests === 0 ? 'No requests yet' : `${counted(requests, 'request')} so far`;
  if (policy.evidence === 'smoke')
    return { kind: 'passed', words: `${soFar}; passed by smoke tests and health.` };
  if (requests >= least)
    return { kind: 'inconclusive', words: `${soFar}, but their response times are not known.` };
  return { kind: 'inconclusive', needed: least, words: `${soFar}; it takes ${least} to judge.` };
}
