import type { Clock } from '../ports/clock.ts';
import { CodeHostUnavailable } from '../ports/code-host.ts';
import { type CallOptions, PlatformUnavailable } from '../ports/platform.ts';
import { PATIENCE } from './adapters.ts';

/** Pauses between tries: the first, and the longest that doubling it comes to. Milliseconds. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 3_200;

/** Reads of AWS, or of the code host, for a person who waits: all of them together take no longer than `PATIENCE`. */
export type Patience = <Answer>(read: (options: CallOptions) => Promise<Answer>) => Promise<Answer>;

/**
 * Tries a read again while it gets no answer, until patience is over; then throws the last `PlatformUnavailable` or
 * `CodeHostUnavailable`. Every other error is thrown at once.
 */
export function patience(clock: Clock): Patience {
  const signal = AbortSignal.timeout(PATIENCE);
  const end = clock.now() + PATIENCE;
  return async (read) => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        return await read({ signal });
      } catch (error) {
        if (!isSilence(error) || clock.now() + pause > end) throw error;
        if (await isOver(clock.sleep(pause, signal))) throw error;
      }
    }
  };
}

function isSilence(error: unknown): boolean {
  return error instanceof PlatformUnavailable || error instanceof CodeHostUnavailable;
}

/** Whether a pause ended because patience did. */
function isOver(pause: Promise<void>): Promise<boolean> {
  return pause.then(
    () => false,
    () => true,
  );
}
