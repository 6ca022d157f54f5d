import { quantile } from '../engine/figure.ts';
import type { Failure, Moment, PhaseCount } from './load-messages.ts';

const FAILURES_KEPT = 100;

type Count = {
  phase: string;
  moment: Moment;
  ms: number;
  times: number[];
  failed: number;
  failures: Failure[];
};

/** Counts every request once, by the phase in which it ended. */
export class Tally {
  readonly #counts: Count[] = [];
  #current: Count;
  #since = performance.now();

  constructor() {
    this.#current = this.#countOf('start', 'before');
  }

  countAs(phase: string, moment: Moment): void {
    this.#noteTime();
    this.#current = this.#countOf(phase, moment);
  }

  /** An answer of 200 to 299, after so many milliseconds. */
  answered(after: number): void {
    this.#current.times.push(after);
  }

  failed(failure: Failure): void {
    this.#current.failed += 1;
    if (this.#current.failures.length < FAILURES_KEPT) this.#current.failures.push(failure);
  }

  counts(): PhaseCount[] {
    this.#noteTime();
    return this.#counts.map(({ times, ms, ...count }) => ({
      ...count,
      seconds: ms / 1_000,
      answered: times.length,
      ...(times.length > 0 && { p99: quantile(times, 0.99) }),
    }));
  }

  #noteTime(): void {
    const now = performance.now();
    this.#current.ms += now - this.#since;
    this.#since = now;
  }

  #countOf(phase: string, moment: Moment): Count {
    const known = this.#counts.find((count) => count.phase === phase && count.moment === moment);
    if (known !== undefined) return known;
    const added: Count = { phase, moment, ms: 0, times: [], failed: 0, failures: [] };
    this.#counts.push(added);
    return added;
  }
}
