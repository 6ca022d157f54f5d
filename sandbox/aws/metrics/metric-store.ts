import type { Scope } from '../names.ts';

export type MetricName = { namespace: string; metric: string; dimensions: Record<string, string> };

/** What one source (a load balancer node, a service) measured in one second: values, and how often each came. */
export type Sample = { second: number; source: string; values: number[]; counts: number[] };

/** `each`: every value counts, as a request does. `newest`: a level; of a period only each source's last one counts. */
export type SeriesKind = 'each' | 'newest';
export type Series = MetricName & Scope & { kind: SeriesKind; samples: Sample[] };

/** How long samples are kept, seconds. */
export const keptSeconds = 3_600;

/** Everything that was measured, by account, region, name and exact set of dimensions. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** Samples of one series come in order of their seconds. */
  add(scope: Scope, name: MetricName & { kind?: SeriesKind }, sample: Sample): void {
    const { samples } = this.#seriesOf(scope, name);
    samples.push(sample);
    const oldest = sample.second - keptSeconds;
    const isOld = (samples[0]?.second ?? oldest) < oldest - 60;
    if (isOld) samples.splice(0, firstFrom(samples, oldest));
  }

  /** The samples from one second to before another; none for a metric nobody measured. */
  samples(scope: Scope, name: MetricName, from: number, to: number): Sample[] {
    const series = this.#series.get(keyOf(scope, name));
    if (series === undefined) return [];
    return series.samples.slice(firstFrom(series.samples, from), firstFrom(series.samples, to));
  }

  kindOf(scope: Scope, name: MetricName): SeriesKind {
    return this.#series.get(keyOf(scope, name))?.kind ?? 'each';
  }

  /** Every series of an account and region. */
  list({ account, region }: Scope): Series[] {
    return [...this.#series.values()].filter((one) => one.account === account && one.region === region);
  }

  #seriesOf(scope: Scope, name: MetricName & { kind?: SeriesKind }): Series {
    const key = keyOf(scope, name);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { namespace, metric, dimensions, kind = 'each' } = name;
    const { account, region } = scope;
    const added: Series = { account, region, namespace, metric, dimensions, kind, samples: [] };
    this.#series.set(key, added);
    return added;
  }
}

function keyOf({ account, region }: Scope, { namespace, metric, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([account, region, namespace, metric, sorted]);
}

/** The index of the first sample at or after that second. */
function firstFrom(samples: readonly Sample[], second: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.second ?? 0) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}
