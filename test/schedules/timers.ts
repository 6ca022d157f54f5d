import { clock } from '../../src/clock.ts';
import type { Clock } from '../../src/ports/clock.ts';

type Timers = Clock & {
  /** From now on nobody who sleeps wakes, as where a process was frozen over its timers. */
  stop(): void;
  /** Whoever sleeps wakes. */
  goOn(): void;
};

/** The real clock, whose timers a test may stop. */
export function createTimers(): Timers {
  let going = Promise.withResolvers<void>();
  going.resolve();
  return {
    now: () => clock.now(),
    async sleep(milliseconds, signal) {
      await clock.sleep(milliseconds, signal);
      await unlessAborted(going.promise, signal);
    },
    stop() {
      going = Promise.withResolvers<void>();
    },
    goOn() {
      going.resolve();
    },
  };
}

function unlessAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
