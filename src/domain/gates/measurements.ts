import type { Baseline } from './baseline.ts';

/** One bucket of a metric. */
export type Point = {
  /** Start of the bucket: milliseconds since the epoch, a multiple of the period. */
  readonly at: number;
  readonly value: number;
};

/** One metric over time, one point per bucket; a bucket without a measurement has no point. */
export type Series = readonly Point[];

/** What the load balancer measures of one colour's target group. Counts are per bucket, latencies in milliseconds. */
export type ColourSeries = {
  readonly requests: Series;
  readonly target5xx: Series;
  readonly target4xx: Series;
  readonly connectionErrors: Series;
  /** Fewest targets that were healthy. Absent: nobody counted. */
  readonly healthyHosts?: Series;
  readonly p95Ms: Series;
  readonly p99Ms: Series;
  /** True percentile of all requests from `since` until `visibleUntil`, where the metrics have one: it counts instead of `p95Ms`. */
  readonly windowP95Ms?: number;
  readonly windowP99Ms?: number;
};

/** What the load balancer measures of all colours together. Counts are per bucket. */
export type BalancerSeries = {
  /** Answers of 500 and more that the load balancer made itself. */
  readonly elb5xx: Series;
  readonly activeConnections: Series;
  readonly requests: Series;
};

export type DatabaseSeries = {
  /** Most connections within each bucket. */
  readonly connections: Series;
  /** Most that the database allows. */
  readonly max: number;
};

/** Targets of one colour, as the load balancer's health checks say now. */
export type TargetHealth = { readonly healthy: number; readonly wanted: number };

/** One round of synthetic requests to both colours: whether each was answered as expected. */
export type ProbeRound = { readonly next: boolean; readonly live: boolean };

/** What is known of a service in one region at one look. `next` is the new colour, `live` the one it replaces. */
export type Measurements = {
  /** Length of a bucket: 60 s at AWS. */
  readonly periodSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /**
   * Buckets that end after this are not all there yet and are not judged (milliseconds since the epoch). Of an earlier
   * bucket a count that is missing is 0.
   */
  readonly visibleUntil: number;
  readonly next: ColourSeries;
  readonly live: ColourSeries;
  readonly balancer: BalancerSeries;
  /** Absent: no database is watched. */
  readonly database?: DatabaseSeries;
  /** Absent: nothing is known of the time before the first shift. Then nothing is compared with it. */
  readonly baseline?: Baseline;
  readonly targets: { readonly next: TargetHealth; readonly live: TargetHealth };
  /** Newest last. Absent: there is no probe. */
  readonly probe?: readonly ProbeRound[];
  /** What could not be read at this look, and why: a clause such as `CloudWatch does not answer`. Its gates read `error`. */
  readonly unread?: {
    /** Everything in buckets; the series may be empty. */
    readonly metrics?: string;
    /** `targets` does not count. */
    readonly targets?: string;
    /** The series of `database` do not count. */
    readonly database?: string;
  };
};
