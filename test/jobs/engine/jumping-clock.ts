import { clock } from '../../../src/clock.ts';
import type { Clock } from '../../../src/ports/clock.ts';

export type JumpingClock = Clock & {
  /** Sets the wall clock forward, or back. Timers know nothing of it, as those of an operating system. */
  jump(milliseconds: number): void;
};

/** The real clock, whose time of day a test may change. */
export function createJumpingClock(): JumpingClock {
  let offset = 0;
  return {
    now: () => clock.now() + offset,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    jump(milliseconds) {
      offset += milliseconds;
    },
  };
}
