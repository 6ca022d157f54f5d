import type { GatePolicy } from '../../../src/domain/gate-policy.ts';
import type {
  Baseline,
  ColourSeries,
  DatabaseSeries,
  GateReading,
  Judgement,
  Measurements,
  ProbeRound,
  Series,
} from '../../../src/domain/gates/index.ts';
import { judgeTargets, judgeTriggers } from '../../../src/domain/gates/index.ts';

/** When the step had settled; the first bucket begins here. */
export const SINCE = 1_700_000_040_000;

/** One value per bucket; undefined is a bucket without a measurement. */
export type Values = readonly (number | undefined)[];

export type Side = Partial<
  Record<
    'requests' | 'target5xx' | 'target4xx' | 'connectionErrors' | 'healthyHosts' | 'p95Ms' | 'p99Ms',
    Values
  >
> &
  Pick<ColourSeries, 'windowP95Ms' | 'windowP99Ms'>;

export type Measured = {
  periodSeconds?: number;
  next?: Side;
  live?: Side;
  elb5xx?: Values;
  activeConnections?: Values;
  requests?: Values;
  database?: { connections: Values; max: number };
  baseline?: Baseline;
  targets?: Partial<Measurements['targets']>;
  probe?: readonly ProbeRound[];
  unread?: NonNullable<Measurements['unread']>;
  /** How long after the end of the last bucket it is looked at. */
  lateMs?: number;
  /** Complete buckets; as many as the longest series has. */
  buckets?: number;
};

export function aPolicy(policy: Partial<GatePolicy> = {}): GatePolicy {
  return {
    evidence: 'traffic',
    confidence: 0.95,
    pass: {},
    rollBackWhen: { for: 120_000 },
    ...policy,
  };
}

export function aBaseline(baseline: Partial<Baseline> = {}): Baseline {
  return {
    requests: 15_000,
    errors: 0,
    fiveXx: 0,
    fourXx: 0,
    p95Ms: 200,
    p99Ms: 300,
    requestsPerBucket: 1000,
    elb5xxPerBucket: 0,
    activeConnectionsPerBucket: 100,
    ...baseline,
  };
}

export function measurements(measured: Measured): Measurements {
  const { periodSeconds = 60, next = {}, live = {}, lateMs = 30_000, targets, database } = measured;
  const periodMs = periodSeconds * 1000;
  const series = (values: Values = []) => seriesOf(values, periodMs);
  const side = ({ windowP95Ms, windowP99Ms, ...values }: Side): ColourSeries => ({
    requests: series(values.requests),
    target5xx: series(values.target5xx),
    target4xx: series(values.target4xx),
    connectionErrors: series(values.connectionErrors),
    ...(values.healthyHosts !== undefined && { healthyHosts: series(values.healthyHosts) }),
    p95Ms: series(values.p95Ms),
    p99Ms: series(values.p99Ms),
    ...(windowP95Ms !== undefined && { windowP95Ms }),
    ...(windowP99Ms !== undefined && { windowP99Ms }),
  });
  const { elb5xx, activeConnections, requests, probe, unread, baseline } = measured;
  const lengths = [next.requests, live.requests, activeConnections, requests, database?.connections];
  const { buckets = Math.max(...lengths.map((values) => values?.length ?? 0)) } = measured;
  const visibleUntil = SINCE + buckets * periodMs;
  const databaseSeries: DatabaseSeries | undefined = database && {
    connections: series(database.connections),
    max: database.max,
  };
  return {
    periodSeconds,
    now: visibleUntil + lateMs,
    visibleUntil,
    next: side(next),
    live: side(live),
    balancer: {
      elb5xx: series(elb5xx),
      activeConnections: series(activeConnections),
      requests: series(requests),
    },
    targets: { next: { healthy: 2, wanted: 2 }, live: { healthy: 2, wanted: 2 }, ...targets },
    ...(databaseSeries !== undefined && { database: databaseSeries }),
    ...(baseline !== undefined && { baseline }),
    ...(probe !== undefined && { probe }),
    ...(unread !== undefined && { unread }),
  };
}

export function seriesOf(values: Values, periodMs: number): Series {
  return values.flatMap((value, index) =>
    value === undefined ? [] : [{ at: SINCE + index * periodMs, value }],
  );
}

export function triggersOf(measured: Measured, rollBackWhen: Partial<GatePolicy['rollBackWhen']>): Judgement {
  const policy = aPolicy({ rollBackWhen: { for: 120_000, ...rollBackWhen } });
  return judgeTriggers(measurements(measured), policy, SINCE);
}

export function targetsOf(
  measured: Measured,
  pass: GatePolicy['pass'],
  policy: Partial<GatePolicy> = {},
): ReturnType<typeof judgeTargets> {
  return judgeTargets(measurements(measured), aPolicy({ pass, ...policy }), SINCE);
}

/** The reading of one gate. */
export function readingOf(
  { readings }: { readings: readonly GateReading[] },
  gate: GateReading['gate'],
): GateReading {
  const reading = readings.find((one) => one.gate === gate);
  if (reading === undefined) throw new Error(`There is no reading of ${gate}`);
  return reading;
}

export function rounds(next: string, live: string): ProbeRound[] {
  return [...next].map((letter, index) => ({ next: letter === '+', live: live[index] === '+' }));
}
