import type { Clock } from '../ports/clock.ts';
import { type CallOptions, PlatformUnavailable } from '../ports/platform.ts';
import { PATIENCE } from './adapters.ts';

/** Pauses between tries: the first, and the longest that doubling it comes to. Milliseconds. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 3_200;

/** Reads of AWS for a person who waits: all of them together take no longer than `PATIENCE`. */
export type Patience = <Answer>(read: (options: CallOptions) => Promise<Answer>) => Promise<Answer>;

/**
 * Tries a read again while AWS does not answer, until patience is over; then throws the last `PlatformUnavailable`. Every
 * other error is thrown at once.
 */
export function patience(clock: Clock): Patience {
  const signal = AbortSignal.timeout(PATIENCE);
  const end = clock.now() + PATIENCE;
  return async (read) => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        return await read({ signal });
      } catch (error) {
        if (!(error instanceof PlatformUnavailable) || clock.now() + pause > end) throw error;
        if (await isOver(clock.sleep(pause, signal))) throw error;
      }
    }
  };
}

/** Whether a pause ended because patience did. */
function isOver(pause: Promise<void>): Promise<boolean> {
  return pause.then(
    () => false,
    () => true,
  );
}
