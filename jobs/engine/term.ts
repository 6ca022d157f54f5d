import type { Clock } from '../../src/ports/clock.ts';
import { Fenced, type Leadership, StorageDamaged, StorageUnavailable } from './driver.ts';

const firstPauseMs = 200;
const longestPauseMs = 30_000;

type Parts = {
  leadership: Leadership;
  clock: Clock;
  onError: (error: unknown) => void;
  onFenced: (error: Fenced) => void;
  onDamaged: (error: StorageDamaged) => void;
};

/**
 * The time in which this process leads. When it is over, whatever a run waits for never comes: nothing is thrown into
 * a job, because its `catch` would put things back that are no longer this process's to touch.
 */
export class Term {
  readonly clock: Clock;
  readonly #parts: Parts;
  readonly #leaving = new AbortController();
  readonly #over = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.clock = parts.clock;
  }

  /** Aborts when nothing new should begin. */
  get leaving(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Aborts when this process does not lead any more. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  leave(): void {
    this.#leaving.abort(new Error('Forge is stopping'));
  }

  async end(reason: Error): Promise<void> {
    if (this.over.aborted) return;
    this.#leaving.abort(reason);
    this.#over.abort(reason);
    await this.#parts.leadership.release();
  }

  /** Resolves at once while new things may begin, and never afterwards. */
  mayBegin(): Promise<void> {
    return this.leaving.aborted ? never() : Promise.resolve();
  }

  report(error: unknown): void {
    this.#parts.onError(error);
  }

  /** Carries out one call of the driver, again and again while the storage is unavailable. Never resolves once the term is over. */
  async call<Result>(work: (leadership: Leadership) => Promise<Result>): Promise<Result> {
    const isOver = () => this.over.aborted;
    for (let pauseMs = firstPauseMs; !isOver(); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await work(this.#parts.leadership);
      } catch (error) {
        if (error instanceof Fenced) await this.#fence(error);
        else if (error instanceof StorageDamaged) await this.giveUp(error);
        else if (error instanceof StorageUnavailable) await this.#pause(error, pauseMs);
        // Once the term is over nothing is thrown into a job, such as that the database was closed.
        else if (!isOver()) throw error;
      }
    }
    return never();
  }

  /** Nothing that is read can be trusted: no job goes on, not even into its `catch`. */
  async giveUp(error: StorageDamaged): Promise<void> {
    if (this.over.aborted) return;
    await this.end(error);
    this.#parts.onDamaged(error);
  }

  async #fence(error: Fenced): Promise<void> {
    if (this.over.aborted) return;
    await this.end(error);
    this.#parts.onFenced(error);
  }

  async #pause(error: StorageUnavailable, pauseMs: number): Promise<void> {
    this.report(error);
    const ended = new Promise<void>((resolve) => {
      this.over.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.clock.sleep(pauseMs), ended]);
  }
}

export function never(): Promise<never> {
  return new Promise(() => undefined);
}
