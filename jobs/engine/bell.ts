import type { Clock } from '../../src/ports/clock.ts';

type Waiting = { wake: () => void; until: number | undefined };

/** Wakes whoever waits. A ring between looking and waiting is not lost: a wait names the rings it has seen. */
export class Bell {
  rings = 0;
  readonly #waiting = new Set<Waiting>();

  ring(): void {
    this.rings += 1;
    for (const { wake } of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Resolves once there were more rings than `seen`, or at `until` (milliseconds since the epoch), or a little earlier. */
  async wait(clock: Clock, { seen, until }: { seen: number; until?: number | undefined }): Promise<void> {
    if (this.rings !== seen) return;
    const { promise: rung, resolve } = Promise.withResolvers<void>();
    const waiting = { wake: resolve, until };
    this.#waiting.add(waiting);
    if (until === undefined) return rung;
    const timer = new AbortController();
    await Promise.race([rung, clock.sleep(until - clock.now(), timer.signal)]);
    timer.abort();
    this.#waiting.delete(waiting);
  }

  /** Timers know nothing of a wall clock that was moved on: this wakes who waits for a time that has come. */
  wakeDue(now: number): void {
    for (const { wake, until } of this.#waiting) if (until !== undefined && until <= now) wake();
  }
}
