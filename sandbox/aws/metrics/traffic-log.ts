import type { Bucket } from '../data-plane/messages.ts';
import { percentile } from './percentile.ts';

/** What one listener served in one second. */
export type TrafficSummary = {
  second: number;
  requests: number;
  failures: number;
  p95Ms: number | null;
  /** Requests by the target group they were sent to. */
  byTargetGroup: Record<string, number>;
  /** Answers by the version that gave them. */
  byVersion: Record<string, number>;
};

/** The latest seconds of every listener, for the picture of its traffic. */
export class TrafficLog {
  readonly #keptSeconds: number;
  readonly #byListener = new Map<string, Map<number, TrafficSummary>>();

  constructor(keptSeconds: number) {
    this.#keptSeconds = keptSeconds;
  }

  /** Buckets of seconds that are over; each comes once. */
  add(buckets: readonly Bucket[]): void {
    const groups = Map.groupBy(buckets, ({ listener, second }) => `${second} ${listener}`);
    for (const group of groups.values()) this.#addSecond(group);
  }

  /** One entry a second, oldest first, up to before `endSecond`; quiet seconds too. */
  latest(listener: string, endSecond: number): TrafficSummary[] {
    const known = this.#byListener.get(listener);
    return Array.from({ length: this.#keptSeconds }, (_, index) => {
      const second = endSecond - this.#keptSeconds + index;
      return known?.get(second) ?? { second, requests: 0, failures: 0, p95Ms: null, ...nowhere() };
    });
  }

  /** Whether nothing was served in the time that `latest` shows. */
  isEmpty(endSecond: number): boolean {
    const first = endSecond - this.#keptSeconds;
    return [...this.#byListener.values()].every(
      (known) => ![...known.keys()].some((second) => second >= first),
    );
  }

  #addSecond(buckets: readonly Bucket[]): void {
    const [first] = buckets;
    if (first === undefined) return;
    const { second, listener } = first;
    const known = this.#byListener.get(listener) ?? new Map<number, TrafficSummary>();
    this.#byListener.set(listener, known);
    known.set(second, summary(second, buckets));
    for (const old of known.keys()) {
      if (old >= second - this.#keptSeconds) break;
      known.delete(old);
    }
  }
}

function nowhere(): Pick<TrafficSummary, 'byTargetGroup' | 'byVersion'> {
  return { byTargetGroup: {}, byVersion: {} };
}

function summary(second: number, buckets: readonly Bucket[]): TrafficSummary {
  let requests = 0;
  let failures = 0;
  const { byTargetGroup, byVersion } = nowhere();
  for (const bucket of buckets) {
    requests += bucket.requests;
    failures += bucket.failures;
    for (const [version, count] of Object.entries(bucket.versions)) {
      byVersion[version] = (byVersion[version] ?? 0) + count;
    }
    const { targetGroup } = bucket;
    if (targetGroup === undefined) continue;
    byTargetGroup[targetGroup] = (byTargetGroup[targetGroup] ?? 0) + bucket.requests;
  }
  const latencies = buckets.flatMap(({ latenciesMs }) => latenciesMs).toSorted((left, right) => left - right);
  const p95Ms = percentile(latencies, 95);
  const rounded = p95Ms === undefined ? null : Math.round(p95Ms * 10) / 10;
  return { second, requests, failures, p95Ms: rounded, byTargetGroup, byVersion };
}
