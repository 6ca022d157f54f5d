import type { Outcome } from './forward.ts';
import type { Bucket, Readings } from './messages.ts';

/** Longest look back that metrics need, seconds. */
const keptSeconds = 20 * 60;

export type Counted = {
  node: number;
  listener: string;
  targetGroup: string | undefined;
  /** A header led it there: it is no customer's. */
  isPreview: boolean;
  /** The target was unhealthy, and so were all others. */
  isFailOpen: boolean;
  outcome: Outcome | NoTarget;
};
type NoTarget = { kind: 'no-target' };

/** The raw numbers of every listener: totals, and one bucket a second, node and target group, previews apart. */
export class Counters {
  readonly #totals = new Map<string, { requests: number; failures: number }>();
  #buckets = new Map<string, Bucket>();

  count(counted: Counted, nowMs: number): void {
    const { listener, outcome } = counted;
    const totals = this.#totals.get(listener) ?? { requests: 0, failures: 0 };
    if (!counted.isPreview) totals.requests += 1;
    const bucket = this.#bucket(counted, Math.floor(nowMs / 1000));
    if (isFailure(outcome)) {
      if (!counted.isPreview) totals.failures += 1;
      bucket.failures += 1;
    }
    if (counted.isFailOpen) bucket.failOpen += 1;
    this.#totals.set(listener, totals);
    add(bucket, outcome);
  }

  totals(): Readings['totals'] {
    return Object.fromEntries(this.#totals);
  }

  since(second: number): Bucket[] {
    return [...this.#buckets.values()].filter((bucket) => bucket.second >= second);
  }

  #bucket({ node, listener, targetGroup, isPreview }: Counted, second: number): Bucket {
    const key = `${second} ${node} ${listener} ${targetGroup ?? ''} ${isPreview}`;
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    this.#forget(second - keptSeconds);
    const bucket: Bucket = {
      second,
      node,
      listener,
      targetGroup,
      isPreview,
      requests: 0,
      failures: 0,
      failOpen: 0,
      answers: {},
      own: {},
      connectionErrors: 0,
      cut: 0,
      versions: {},
      latenciesMs: [],
    };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #forget(beforeSecond: number): void {
    for (const [key, { second }] of this.#buckets) {
      if (second >= beforeSecond) return;
      this.#buckets.delete(key);
    }
  }
}

function isFailure(outcome: Counted['outcome']): boolean {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 500;
    case 'abandoned':
      return false;
    case 'cut':
    case 'connection-error':
    case 'timed-out':
    case 'no-target':
      return true;
  }
}

function add(bucket: Bucket, outcome: Counted['outcome']): void {
  bucket.requests += 1;
  switch (outcome.kind) {
    case 'answered':
      addAnswer(bucket, outcome);
      return;
    case 'cut':
      addAnswer(bucket, outcome);
      bucket.cut += 1;
      return;
    case 'connection-error':
      bucket.connectionErrors += 1;
      increase(bucket.own, '502');
      return;
    case 'timed-out':
      increase(bucket.own, '504');
      return;
    case 'no-target':
      increase(bucket.own, '503');
      return;
    case 'abandoned':
      return;
  }
}

function addAnswer(
  bucket: Bucket,
  answer: { status: number; version: string | undefined; latencyMs: number },
): void {
  increase(bucket.answers, String(Math.floor(answer.status / 100)));
  if (answer.version !== undefined) increase(bucket.versions, answer.version);
  bucket.latenciesMs.push(answer.latencyMs);
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
