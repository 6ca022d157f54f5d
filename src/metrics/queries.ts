import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Colour } from '../domain/release.ts';
import type { MeasuredPlace } from './measured-place.ts';

/** Metric and statistic. */
type Statistic = readonly [metric: string, statistic: string];

/** What is asked of each colour's target group. */
const ofColour = {
  requests: ['RequestCount', 'Sum'],
  target5xx: ['HTTPCode_Target_5XX_Count', 'Sum'],
  target4xx: ['HTTPCode_Target_4XX_Count', 'Sum'],
  connectionErrors: ['TargetConnectionErrorCount', 'Sum'],
  p95: ['TargetResponseTime', 'p95'],
  p99: ['TargetResponseTime', 'p99'],
  // Of the load balancer's nodes, the one that sees fewest.
  healthyHosts: ['HealthyHostCount', 'Minimum'],
} as const satisfies Record<string, Statistic>;

/** What is asked of the whole load balancer: the last two are reported of nothing smaller. */
const ofBalancer = {
  requests: ['RequestCount', 'Sum'],
  elb5xx: ['HTTPCode_ELB_5XX_Count', 'Sum'],
  activeConnections: ['ActiveConnectionCount', 'Sum'],
} as const satisfies Record<string, Statistic>;

/** The whole window as one bucket: percentiles of separate buckets cannot be averaged. */
const ofWindow = { windowP95: ofColour.p95, windowP99: ofColour.p99 } as const;

export type ColourMetric = keyof typeof ofColour | keyof typeof ofWindow;

/** Seconds. */
export type Periods = { bucket: number; window: number | undefined };

export const databaseId = 'database_connections';

export function colourId(colour: Colour, metric: ColourMetric): string {
  return `${colour}_${metric}`;
}

export function balancerId(metric: keyof typeof ofBalancer): string {
  return `balancer_${metric}`;
}

/**
 * The raw series of a target, one query each. Units are never asked for: a query with another unit than the metric's finds
 * nothing.
 */
export function queriesFor(place: MeasuredPlace, periods: Periods): MetricDataQuery[] {
  return [
    ...colourQueries('blue', place, periods),
    ...colourQueries('green', place, periods),
    ...loadBalancerQueries('balancer', ofBalancer, {
      dimensions: { LoadBalancer: place.loadBalancer },
      period: periods.bucket,
    }),
    ...(place.database === undefined ? [] : [databaseQuery(place.database.instance, periods.bucket)]),
  ];
}

function colourQueries(colour: Colour, place: MeasuredPlace, { bucket, window }: Periods): MetricDataQuery[] {
  const dimensions = { TargetGroup: place.targetGroups[colour], LoadBalancer: place.loadBalancer };
  const buckets = loadBalancerQueries(colour, ofColour, { dimensions, period: bucket });
  if (window === undefined) return buckets;
  return [...buckets, ...loadBalancerQueries(colour, ofWindow, { dimensions, period: window })];
}

function loadBalancerQueries(
  prefix: string,
  statistics: Record<string, Statistic>,
  { dimensions, period }: { dimensions: Record<string, string>; period: number },
): MetricDataQuery[] {
  return Object.entries(statistics).map(([name, [MetricName, Stat]]) => ({
    Id: `${prefix}_${name}`,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: listed(dimensions) },
      Stat,
      Period: period,
    },
  }));
}

function databaseQuery(instance: string, period: number): MetricDataQuery {
  const Dimensions = listed({ DBInstanceIdentifier: instance });
  const Metric = { Namespace: 'AWS/RDS', MetricName: 'DatabaseConnections', Dimensions };
  return { Id: databaseId, MetricStat: { Metric, Stat: 'Maximum', Period: period } };
}

function listed(dimensions: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}
