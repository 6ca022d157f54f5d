import type { Clock } from '../../src/ports/clock.ts';

export type FakeClock = Clock & {
  /** Moves time on, waking sleepers in the order they are due, and lets them act before time goes on. */
  advance(milliseconds: number): Promise<void>;
  /** Sets the wall clock on, or back, as an administrator or a time server does: nobody who sleeps wakes for it. */
  jump(milliseconds: number): void;
};

type Sleeper = { dueAt: number; wake: () => void };

/** A clock that stands still until it is moved. */
export function createFakeClock(start = Date.UTC(2026, 0, 5, 9)): FakeClock {
  /** As a timer counts it, whatever the wall clock is set to. */
  let now = start;
  let shift = 0;
  const sleepers = new Set<Sleeper>();

  function firstDue(end: number): Sleeper | undefined {
    const due = [...sleepers].filter((sleeper) => sleeper.dueAt <= end);
    return due.sort((left, right) => left.dueAt - right.dueAt)[0];
  }

  return {
    now: () => now + shift,
    jump(milliseconds) {
      shift += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const sleeper = { dueAt: now + Math.max(0, milliseconds), wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(milliseconds) {
      const end = now + milliseconds;
      await others();
      for (let next = firstDue(end); next !== undefined; next = firstDue(end)) {
        now = Math.max(now, next.dueAt);
        sleepers.delete(next);
        next.wake();
        await others();
      }
      now = end;
    },
  };
}

/** Lets everything that can go on without time go on. */
async function others(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
