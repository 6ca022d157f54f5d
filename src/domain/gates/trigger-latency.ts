import type { Grid } from './buckets.ts';
import { LEAST_REQUESTS } from './floors.ts';
import { latencyOf } from './latency.ts';
import { noSlowerThanBefore, type Took, whatTook } from './latency-words.ts';
import { type Look, SHARED } from './look.ts';
import type { GateReading } from './reading.ts';
import { type Standing, standingOf } from './standing.ts';
import { hasLasted, stretchOf } from './stretch.ts';
import { counted, inMs, timeSpan } from './words.ts';

/** Whether the slowest 1 % of the new colour's requests have been over the limit (milliseconds) for too long. */
export function latencyTrigger(limitMs: number, look: Look): GateReading {
  const { measurements, policy, grid } = look;
  const judged = judgedBuckets(limitMs, look);
  const [newest] = judged;
  if (newest === undefined) return unknown(limitMs, look);
  const hasBeen = (...kinds: Standing[]) => {
    const holds = new Map(judged.map(({ bucket, standing }) => [bucket, kinds.includes(standing)]));
    return hasLasted(stretchOf(holds, grid), { forMs: policy.rollBackWhen.for, now: measurements.now, grid });
  };
  const reading = { ...allowanceOf(limitMs), ...measured(newest, grid) };
  const took = whatTook('p99', newest, limitMs);
  const patience = timeSpan(policy.rollBackWhen.for);
  const allowed = `at most ${inMs(limitMs)} is allowed`;
  if (hasBeen('over'))
    return { ...reading, kind: 'failed', words: `${took}, for ${patience} or longer; ${allowed}.` };
  if (hasBeen('over', 'shared')) {
    return { ...reading, kind: 'inconclusive', isShared: true, words: `${took}: ${SHARED}.` };
  }
  switch (newest.standing) {
    case 'within':
    case 'near':
      return { ...reading, kind: 'passed', words: `${took}; ${allowed}.` };
    case 'no-worse': {
      const words = `${took}: ${noSlowerThanBefore(measurements.baseline?.p99Ms)}.`;
      return { ...reading, kind: 'passed', isRelative: true, words };
    }
    case 'over':
    case 'shared':
      return {
        ...reading,
        kind: 'inconclusive',
        words: `${took}; ${allowed}, and it counts when it lasts for ${patience}.`,
      };
  }
}

type Judged = Took & { readonly bucket: number; readonly standing: Standing };

/** Newest first. */
function judgedBuckets(limitMs: number, { measurements, grid }: Look): readonly Judged[] {
  const next = latencyOf('p99', grid, measurements.next);
  const live = latencyOf('p99', grid, measurements.live);
  const before = measurements.baseline?.p99Ms;
  return [...next.byBucket]
    .sort(([one], [other]) => other - one)
    .map(([bucket, { ms, requests }]) => {
      const inSameMinutes = live.byBucket.get(bucket)?.ms;
      const comparison = { live: inSameMinutes, before };
      const standing = standingOf(ms, { limit: limitMs, bound: 'at-most' }, comparison);
      return { bucket, ms, requests, live: inSameMinutes, standing };
    });
}

function unknown(limitMs: number, { measurements, grid }: Look): GateReading {
  const { requests } = latencyOf('p99', grid, measurements.next);
  const needed = `${counted(LEAST_REQUESTS.p99, 'request')} within ${timeSpan(grid.periodMs)}`;
  const words = requests === 0 ? 'No requests yet.' : `Too few requests to judge: it takes ${needed}.`;
  return { ...allowanceOf(limitMs), kind: 'inconclusive', requests, words };
}

function allowanceOf(limit: number) {
  return { gate: 'p99', limit, unit: 'ms', bound: 'at-most' } as const;
}

function measured({ ms, requests, bucket }: Judged, { periodMs }: Grid) {
  return { value: ms, requests, at: (bucket + 1) * periodMs };
}
