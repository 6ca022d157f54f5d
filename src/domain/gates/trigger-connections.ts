import type { Baseline } from './baseline.ts';
import { sizeOf, valuesIn } from './buckets.ts';
import { isDoubtful } from './doubt.ts';
import type { Look } from './look.ts';
import type { GateReading } from './reading.ts';
import { hasLasted, stretchOf } from './stretch.ts';
import { inPercent, timeSpan } from './words.ts';

/**
 * Whether clients have left: active connections of the whole load balancer below a share (0 to 1) of those before, requests as
 * well, and the probe or the health of the new colour agrees. Undefined where there were none before.
 */
export function connectionsTrigger(limit: number, look: Look): GateReading | undefined {
  const { measurements, policy, grid } = look;
  const { baseline } = measurements;
  if (baseline === undefined || baseline.activeConnectionsPerBucket === 0) return undefined;
  const allowance = { gate: 'active-connections', limit, unit: 'share', bound: 'at-least' } as const;
  const judged = judgedBuckets(look, baseline);
  const [newest] = judged;
  if (newest === undefined) return { ...allowance, kind: 'inconclusive', words: 'Nothing measured yet.' };
  const reading = { ...allowance, value: newest.connections, at: (newest.bucket + 1) * grid.periodMs };
  const there = `Active connections are at ${inPercent(newest.connections, limit)} of what they were before`;
  if (newest.connections >= limit) {
    return { ...reading, kind: 'passed', words: `${there}; at least ${inPercent(limit)} are expected.` };
  }
  const both = `${there}, requests at ${inPercent(newest.requests)}`;
  const forMs = policy.rollBackWhen.for;
  const haveFallen = new Map(
    judged.map((one) => [one.bucket, one.connections < limit && one.requests < limit]),
  );
  if (
    hasLasted(stretchOf(haveFallen, grid), { forMs, now: measurements.now, grid }) &&
    isDoubtful(measurements)
  ) {
    return {
      ...reading,
      kind: 'failed',
      words: `${both}, and the new release does not answer as it should.`,
    };
  }
  const counts = `it counts when both stay low for ${timeSpan(forMs)} and the new release does not answer`;
  return { ...reading, kind: 'inconclusive', words: `${both}; ${counts}.` };
}

type Shares = { readonly bucket: number; readonly connections: number; readonly requests: number };

/** Of those before the first shift, newest first, no more than it takes. A missing count beside one that was not 0 is 0. */
function judgedBuckets({ measurements, policy, grid }: Look, baseline: Baseline): readonly Shares[] {
  const connections = valuesIn(grid, measurements.balancer.activeConnections);
  const requests = valuesIn(grid, measurements.balancer.requests);
  const enough = Math.max(2, Math.ceil(policy.rollBackWhen.for / grid.periodMs) + 1);
  return Array.from({ length: Math.min(enough, sizeOf(grid)) }, (_, index) => {
    const bucket = grid.last - index;
    return {
      bucket,
      connections: (connections.get(bucket) ?? 0) / baseline.activeConnectionsPerBucket,
      // Where nothing was asked before, nothing can have fallen.
      requests:
        baseline.requestsPerBucket === 0 ? 1 : (requests.get(bucket) ?? 0) / baseline.requestsPerBucket,
    };
  });
}
