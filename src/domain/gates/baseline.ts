import { type Counts, countsIn, type Grid, gridSince, sizeOf, totalOf, valuesIn } from './buckets.ts';
import { LEAST_REQUESTS } from './floors.ts';
import { latencyOf, typicalMs } from './latency.ts';
import type { BalancerSeries, ColourSeries, DatabaseSeries, Series } from './measurements.ts';

/** The live colour in the minutes before the first shift. Shares are 0 to 1; what had too few requests to tell is absent. */
export type Baseline = {
  /** Of the live colour, in all. */
  readonly requests: number;
  /** Answers of 500 and more and failed connections, without those the load balancer made itself. */
  readonly errors?: number | undefined;
  readonly fiveXx?: number | undefined;
  readonly fourXx?: number | undefined;
  readonly p95Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
  /** Means per bucket, of the whole load balancer. */
  readonly requestsPerBucket: number;
  readonly elb5xxPerBucket: number;
  readonly activeConnectionsPerBucket: number;
  /** Most there were at once, as a share of the most there may be. */
  readonly databaseConnections?: number | undefined;
};

/** What `baselineOf` looks at: all buckets from `from` until `until` (milliseconds since the epoch), usually 15 minutes. */
export type BaselineWindow = {
  readonly periodSeconds: number;
  readonly from: number;
  readonly until: number;
  readonly live: ColourSeries;
  readonly balancer: BalancerSeries;
  readonly database?: DatabaseSeries | undefined;
};

export function baselineOf(window: BaselineWindow): Baseline {
  const { live, balancer, database, periodSeconds, from, until } = window;
  const grid = gridSince(from, { periodSeconds, now: until, visibleUntil: until });
  const counts = countsIn(grid, live);
  const total = totalOf(counts, counts.keys());
  return {
    requests: total.requests,
    ...(total.requests >= LEAST_REQUESTS.errors && sharesOf(total)),
    p95Ms: typicalMs(latencyOf('p95', grid, live)),
    p99Ms: typicalMs(latencyOf('p99', grid, live)),
    requestsPerBucket: meanIn(grid, balancer.requests),
    elb5xxPerBucket: meanIn(grid, balancer.elb5xx),
    activeConnectionsPerBucket: meanIn(grid, balancer.activeConnections),
    databaseConnections: database && highestShareIn(grid, database),
  };
}

/** Mean of all buckets; one without a measurement is 0. */
export function meanIn(grid: Grid, series: Series): number {
  let sum = 0;
  for (const value of valuesIn(grid, series).values()) sum += value;
  return sum / Math.max(1, sizeOf(grid));
}

/** Most connections in any bucket, of the most there may be; undefined without measurements. */
export function highestShareIn(grid: Grid, { connections, max }: DatabaseSeries): number | undefined {
  let highest: number | undefined;
  for (const value of valuesIn(grid, connections).values()) highest = Math.max(highest ?? 0, value);
  return highest === undefined ? undefined : highest / max;
}

function sharesOf({ requests, fiveXx, fourXx, connectionErrors }: Counts) {
  return {
    errors: Math.min(1, (fiveXx + connectionErrors) / requests),
    fiveXx: fiveXx / requests,
    fourXx: fourXx / requests,
  };
}
