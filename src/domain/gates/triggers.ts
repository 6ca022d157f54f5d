import type { GatePolicy } from '../gate-policy.ts';
import { gridSince } from './buckets.ts';
import { isThere, type Look, sentencesOf, unreadable } from './look.ts';
import type { Measurements } from './measurements.ts';
import { rateOf } from './rate.ts';
import type { GateReading, Judgement } from './reading.ts';
import { connectionsTrigger } from './trigger-connections.ts';
import { targetsTrigger } from './trigger-health.ts';
import { latencyTrigger } from './trigger-latency.ts';
import { probeTrigger } from './trigger-probe.ts';
import { rateTrigger } from './trigger-rate.ts';

/**
 * Whether the new colour must lose its traffic now, whether promotion should wait because both colours are in trouble, or
 * neither: to be asked at every look while it carries traffic. `since` is when the step had settled (milliseconds since the
 * epoch): only buckets that began then or later count. What has no limit in the policy is not judged; health and probe always are.
 */
export function judgeTriggers(measurements: Measurements, policy: GatePolicy, since: number): Judgement {
  const look = { measurements, policy, grid: gridSince(since, measurements) };
  const readings = [...measured(look), targetsTrigger(look), probeTrigger(look)].filter(isThere);
  const failed = readings.filter(({ kind }) => kind === 'failed');
  if (failed.length > 0) return { readings, decision: 'roll-back', because: sentencesOf(failed) };
  const shared = readings.filter(({ isShared }) => isShared === true);
  if (shared.length > 0) return { readings, decision: 'hold', because: sentencesOf(shared) };
  return { readings, decision: 'go-on-watching' };
}

function measured(look: Look): readonly GateReading[] {
  const { measurements, policy, grid } = look;
  const { errors, fiveXx, p99, activeConnectionsBelow } = policy.rollBackWhen;
  const readings = [
    errors === undefined ? undefined : rateTrigger(rateOf('errors', measurements, grid), errors, look),
    fiveXx === undefined ? undefined : rateTrigger(rateOf('5xx', measurements, grid), fiveXx, look),
    p99 === undefined ? undefined : latencyTrigger(p99, look),
    activeConnectionsBelow === undefined ? undefined : connectionsTrigger(activeConnectionsBelow, look),
  ].filter(isThere);
  const why = measurements.unread?.metrics;
  return why === undefined ? readings : readings.map((reading) => unreadable(reading, why));
}
