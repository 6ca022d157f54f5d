import type { Configuration } from './messages.ts';

/** How much later than at once a node learns of a change, milliseconds. */
export type Lag = () => number;

/** Brings one node every configuration, each late by a lag of its own, never out of order. */
export class NodeFeed {
  readonly #bring: (configuration: Configuration) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** On their way, the oldest first. */
  readonly #waiting: Configuration[] = [];
  #lastDueMs = 0;
  /** The newest one given, and the newest one brought. */
  #given = '';
  #brought: Configuration | undefined;

  constructor(bring: (configuration: Configuration) => void) {
    this.#bring = bring;
  }

  /** What the node knows now. */
  get brought(): Configuration | undefined {
    return this.#brought;
  }

  give(configuration: Configuration, lagMs: number): void {
    const text = JSON.stringify(configuration);
    if (text === this.#given) return;
    this.#given = text;
    const dueMs = Math.max(this.#lastDueMs, Date.now() + lagMs);
    this.#lastDueMs = dueMs;
    // The first one is brought at once: a node that knows nothing can't serve.
    if (this.#brought === undefined || (this.#waiting.length === 0 && dueMs <= Date.now())) {
      this.#now(configuration);
      return;
    }
    this.#waiting.push(configuration);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#bringOldest();
    }, dueMs - Date.now());
    this.#timers.add(timer);
  }

  /** Brings this one now and forgets what was still on its way. */
  catchUp(configuration: Configuration): void {
    this.stop();
    this.#lastDueMs = 0;
    this.#given = JSON.stringify(configuration);
    this.#now(configuration);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.length = 0;
  }

  // Timers of the same moment fire in any order on a busy machine, so a timer only says that one more is due.
  #bringOldest(): void {
    const oldest = this.#waiting.shift();
    if (oldest !== undefined) this.#now(oldest);
  }

  #now(configuration: Configuration): void {
    this.#brought = configuration;
    this.#bring(configuration);
  }
}
