import type { BalancerSeries, ColourSeries, DatabaseSeries, Series } from '../domain/gates/measurements.ts';
import type { Colour, Target } from '../domain/release.ts';
import type { CallOptions } from './platform.ts';

export type MeasureRequest = {
  /** Every bucket that begins at or after `from` and before `until` (milliseconds since the epoch). */
  from: number;
  until: number;
  /** Length of a bucket: 60 s at AWS. */
  periodSeconds: number;
  /**
   * Also tells the percentiles of all requests from the first bucket until this moment (milliseconds since the epoch), as
   * `windowP95Ms` and `windowP99Ms`. Without whole buckets before it there are none.
   */
  percentilesUntil?: number;
};

/** What was measured, unjudged. The newest buckets may be missing or incomplete: only the caller knows how late they come. */
export type RawMeasurements = Record<
  Colour,
  ColourSeries & {
    /** Fewest healthy targets within each bucket. There without any requests too. */
    readonly healthyHosts: Series;
  }
> & {
  readonly balancer: BalancerSeries;
  /** Absent: the policy names no database. */
  readonly database?: DatabaseSeries;
};

/**
 * What the load balancer and the database measure of a target in colours. Reads only. An answer with gaps in it is no
 * answer: `PlatformUnavailable` (retry may help), else `PlatformRefused` (a person must mend it).
 */
export type Metrics = {
  /** In one call; points ascend, and a bucket in which nothing was reported has none. */
  measure(target: Target, request: MeasureRequest, options: CallOptions): Promise<RawMeasurements>;
};
