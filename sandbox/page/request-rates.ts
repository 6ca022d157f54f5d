const SHORTEST_SAMPLE_MS = 900;

/** Turns counters that only grow into requests per second, measured over at least 0.9 s. */
export class RequestRates {
  readonly #samples = new Map<string, { count: number; at: number; rate: number }>();

  /** `at` is in milliseconds. A counter that fell (a restarted sandbox) begins anew. */
  measure(key: string, count: number, at: number): number {
    const last = this.#samples.get(key);
    if (last === undefined || count < last.count) {
      this.#samples.set(key, { count, at, rate: 0 });
      return 0;
    }
    if (at - last.at < SHORTEST_SAMPLE_MS) return last.rate;
    const rate = ((count - last.count) * 1000) / (at - last.at);
    this.#samples.set(key, { count, at, rate });
    return rate;
  }
}
