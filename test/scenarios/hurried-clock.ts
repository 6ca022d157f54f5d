import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock that runs `speed` times as fast as the wall's, from the same moment on. `leap` moves it on at once. */
export function hurriedClock(speed: number): Clock & { leap(milliseconds: number): void } {
  const start = Date.now();
  let leapt = 0;
  return {
    now: () => Math.floor(start + leapt + (Date.now() - start) * speed),
    async sleep(milliseconds, signal) {
      try {
        await wait(Math.max(0, milliseconds) / speed, undefined, { signal });
      } catch (error) {
        // A clock rejects with the signal's own reason.
        signal?.throwIfAborted();
        throw error;
      }
    },
    leap(milliseconds) {
      leapt += milliseconds;
    },
  };
}
