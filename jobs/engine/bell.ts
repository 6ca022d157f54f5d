import type { Clock } from '../../src/ports/clock.ts';

/** Wakes whoever waits. A ring between looking and waiting is not lost: a wait names the rings it has seen. */
export class Bell {
  rings = 0;
  readonly #waiting = new Set<() => void>();

  ring(): void {
    this.rings += 1;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Resolves once there were more rings than `seen`, or at `until` (milliseconds since the epoch), or a little earlier. */
  async wait(clock: Clock, { seen, until }: { seen: number; until?: number | undefined }): Promise<void> {
    if (this.rings !== seen) return;
    const { promise: rung, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    if (until === undefined) return rung;
    const timer = new AbortController();
    await Promise.race([rung, clock.sleep(until - clock.now(), timer.signal)]);
    timer.abort();
    this.#waiting.delete(resolve);
  }
}
