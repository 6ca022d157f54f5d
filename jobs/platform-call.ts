import type { Json } from '../src/domain/json.ts';
import type { Clock } from '../src/ports/clock.ts';
import { PlatformRefused, PlatformUnavailable } from '../src/ports/platform.ts';
import type { JobContext } from './engine/engine.ts';

/** How a call to the platform ended; only `done` says anything about a release. */
export type Outcome<Value> =
  | { kind: 'done'; value: Value }
  /** It will be refused again until a person mends something. */
  | { kind: 'refused'; reason: string }
  /** No answer for as long as the patience lasted. */
  | { kind: 'silent'; reason: string };

/** Pause before the second try, in milliseconds; it doubles up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/**
 * Calls the platform in one journaled operation, again and again while it does not answer, for `patience` milliseconds
 * from the last answer. The call must be idempotent, as every method of the platform port is.
 */
export function platformCall<Value extends Json>(
  context: JobContext,
  name: string,
  call: (signal: AbortSignal) => Promise<Value>,
  { clock, patience }: { clock: Clock; patience: number },
): Promise<Outcome<Value>> {
  return context.operation<Outcome<Value>>(name, async ({ signal }) => {
    const until = clock.now() + patience;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      try {
        return { kind: 'done', value: await call(signal) };
      } catch (error) {
        if (signal.aborted) throw error;
        if (error instanceof PlatformRefused) return { kind: 'refused', reason: error.message };
        if (!(error instanceof PlatformUnavailable)) throw error;
        if (clock.now() + pause > until) return { kind: 'silent', reason: error.message };
        await clock.sleep(pause, signal);
      }
    }
  });
}
