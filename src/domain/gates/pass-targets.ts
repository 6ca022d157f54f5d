import type { GatePolicy } from '../gate-policy.ts';
import { gridSince } from './buckets.ts';
import { isThere, type Look, sentencesOf, unreadable } from './look.ts';
import type { Measurements } from './measurements.ts';
import { activeConnectionsPass, databaseConnectionsPass } from './pass-connections.ts';
import { healthPass } from './pass-health.ts';
import { latencyPass } from './pass-latency.ts';
import { ratePass } from './pass-rate.ts';
import { rateOf } from './rate.ts';
import type { BakeResult, GateReading } from './reading.ts';

/**
 * Whether everything since the shift is good enough to go on: to be asked at the end of a bake, and before that to tell how
 * far it is. `since` is when the step had settled (milliseconds since the epoch). What has no limit in the policy is not
 * judged; health always is. It does not look at triggers: `judgeTriggers` does, and comes first.
 */
export function judgeTargets(measurements: Measurements, policy: GatePolicy, since: number): BakeResult {
  const look = { measurements, policy, grid: gridSince(since, measurements) };
  const readings = [...measured(look), healthPass(look)];
  for (const kind of ['failed', 'error', 'inconclusive'] as const) {
    const deciding = readings.filter((reading) => reading.kind === kind);
    if (deciding.length > 0)
      return { readings, kind, because: sentencesOf(told(deciding)), ...wanting(deciding) };
  }
  const warnings = readings.filter(({ isRelative }) => isRelative === true);
  return { readings, kind: 'passed', ...(warnings.length > 0 && { because: sentencesOf(warnings) }) };
}

function measured(look: Look): readonly GateReading[] {
  const { measurements, policy, grid } = look;
  const { errors, fiveXx, p95, p99, activeConnections, databaseConnections } = policy.pass;
  const readings = [
    errors === undefined ? undefined : ratePass(rateOf('errors', measurements, grid), errors, look),
    fiveXx === undefined ? undefined : ratePass(rateOf('5xx', measurements, grid), fiveXx, look),
    p95 === undefined ? undefined : latencyPass('p95', p95, look),
    p99 === undefined ? undefined : latencyPass('p99', p99, look),
    activeConnections === undefined ? undefined : activeConnectionsPass(activeConnections, look),
    databaseConnections === undefined ? undefined : databaseConnectionsPass(databaseConnections, look),
  ].filter(isThere);
  const why = measurements.unread?.metrics;
  return why === undefined ? readings : readings.map((reading) => unreadable(reading, why));
}

/** Of those that want for requests, the one that wants most: where it has enough, so have the others. */
function told(readings: readonly GateReading[]): readonly GateReading[] {
  let hardest: GateReading | undefined;
  for (const reading of readings) {
    if ((reading.needed ?? 0) > (hardest?.needed ?? 0)) hardest = reading;
  }
  return readings.filter((reading) => reading.needed === undefined || reading === hardest);
}

/** The gate that wants most. */
function wanting(readings: readonly GateReading[]): Pick<BakeResult, 'evidence' | 'isShared'> {
  let most: BakeResult['evidence'];
  for (const { requests = 0, needed = 0 } of readings) {
    if (needed > (most?.needed ?? 0)) most = { requests, needed };
  }
  const isShared = readings.some((reading) => reading.isShared === true);
  return { ...(most !== undefined && { evidence: most }), ...(isShared && { isShared }) };
}
