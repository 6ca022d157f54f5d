import type { Clock } from '../../src/ports/clock.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';

export type Answer<Value> =
  | { kind: 'answered'; value: Value }
  /** `isRefused`: it will be refused again until a person mends something. */
  | { kind: 'unread'; reason: string; isRefused?: true };

/** Asks the outside, which may be silent: no look waits for ever, and silence is an answer too. Throws only faults and aborts. */
export async function askPatiently<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
  { clock, limit, who }: { clock: Clock; limit: number /** Such as `CloudWatch`. */; who: string },
  signal: AbortSignal,
): Promise<Answer<Value>> {
  const late = new AbortController();
  const timer = new AbortController();
  clock.sleep(limit, timer.signal).then(
    () => late.abort(new Error('too late')),
    () => undefined,
  );
  try {
    return { kind: 'answered', value: await ask(AbortSignal.any([signal, late.signal])) };
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.signal.aborted || error instanceof PlatformUnavailable) {
      return { kind: 'unread', reason: `${who} does not answer` };
    }
    if (error instanceof PlatformRefused) {
      return { kind: 'unread', reason: `${who} refuses: ${error.message}`, isRefused: true };
    }
    throw error;
  } finally {
    timer.abort();
  }
}
