import type { Baseline } from './baseline.ts';
import { type Counts, countsIn, type Grid, totalOf, valuesIn } from './buckets.ts';
import type { ColourSeries, Measurements } from './measurements.ts';

/** What failed of a colour's requests. */
export type Failures = {
  readonly requests: number;
  readonly errors: number;
  /** Of these, those the load balancer made itself, which nobody can tell whose they are. */
  readonly unattributed: number;
};

/** One kind of failure of both colours, in whichever buckets are asked for. */
export type Rate = {
  readonly gate: 'errors' | '5xx';
  /** In which the new colour took requests, oldest first. */
  readonly buckets: readonly number[];
  readonly nextIn: (buckets: readonly number[]) => Failures;
  readonly liveIn: (buckets: readonly number[]) => Failures;
  /** Share of the live colour's requests before the first shift. */
  readonly before: number | undefined;
};

export function rateOf(gate: Rate['gate'], measurements: Measurements, grid: Grid): Rate {
  const next = countsIn(grid, measurements.next);
  const live = countsIn(grid, measurements.live);
  const elb5xx = valuesIn(grid, measurements.balancer.elb5xx);
  const { baseline } = measurements;
  const isLiveUp = whetherUp(measurements.live, grid);
  return {
    gate,
    buckets: [...next.keys()].sort((one, other) => one - other),
    nextIn: (buckets) => {
      const counts = totalOf(next, buckets);
      if (gate === '5xx') return failures(counts.requests, counts.fiveXx, 0);
      const inSameMinutes = totalOf(live, buckets);
      const own = ownErrors(counts) + fourXxSurplus(counts, inSameMinutes, baseline);
      return failures(counts.requests, own, balancerSurplus(elb5xx, buckets.filter(isLiveUp), baseline));
    },
    liveIn: (buckets) => {
      const counts = totalOf(live, buckets);
      return failures(counts.requests, gate === '5xx' ? counts.fiveXx : ownErrors(counts), 0);
    },
    before: gate === '5xx' ? baseline?.fiveXx : baseline?.errors,
  };
}

/** 0 to 1, of at least one request. */
export function shareOf({ errors, requests }: Failures): number {
  return errors / requests;
}

function ownErrors({ fiveXx, connectionErrors }: Counts): number {
  return fiveXx + connectionErrors;
}

/** One request may fail in two ways, a connection error and the load balancer's answer to it: there are never more errors than requests. */
function failures(requests: number, own: number, unattributed: number): Failures {
  return { requests, errors: Math.min(requests, own + unattributed), unattributed };
}

/** Whether a colour had a healthy target all the time: where it had none, the load balancer's own errors may be its. */
function whetherUp({ healthyHosts }: ColourSeries, grid: Grid): (bucket: number) => boolean {
  if (healthyHosts === undefined) return () => true;
  const fewest = valuesIn(grid, healthyHosts);
  return (bucket) => (fewest.get(bucket) ?? 0) > 0;
}

/** How many standard deviations are no chance: without this, noise of a busy load balancer would be a small canary's errors. */
const BEYOND_CHANCE = 3;

/** The load balancer's own 5xx over those it made before the first shift: the new colour's, while it takes requests. */
function balancerSurplus(
  elb5xx: ReadonlyMap<number, number>,
  buckets: readonly number[],
  baseline: Baseline | undefined,
): number {
  if (baseline === undefined) return 0;
  const expected = baseline.elb5xxPerBucket * buckets.length;
  let made = 0;
  for (const bucket of buckets) made += elb5xx.get(bucket) ?? 0;
  return made > expected + BEYOND_CHANCE * Math.sqrt(expected) ? made - expected : 0;
}

/** The 4xx over the live colour's share in the same buckets, or over its share before where it took no requests. */
function fourXxSurplus(next: Counts, live: Counts, baseline: Baseline | undefined): number {
  const usual = live.requests > 0 ? live : before(baseline);
  if (usual === undefined || next.requests === 0) return 0;
  const surplus = next.fourXx - next.requests * (usual.fourXx / usual.requests);
  const common = (next.fourXx + usual.fourXx) / (next.requests + usual.requests);
  const deviation =
    next.requests * Math.sqrt(common * (1 - common) * (1 / next.requests + 1 / usual.requests));
  return surplus > BEYOND_CHANCE * deviation ? surplus : 0;
}

function before(baseline: Baseline | undefined): { requests: number; fourXx: number } | undefined {
  if (baseline?.fourXx === undefined) return undefined;
  return { requests: baseline.requests, fourXx: baseline.fourXx * baseline.requests };
}
