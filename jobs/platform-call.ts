import type { Json } from '../src/domain/json.ts';
import type { Clock } from '../src/ports/clock.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../src/ports/code-host.ts';
import { PlatformRefused, PlatformUnavailable } from '../src/ports/platform.ts';
import { attentive, type Ear } from './attentive.ts';
import type { JobContext } from './engine/engine.ts';
import type { World } from './world.ts';

/** How a call to the platform ended; only `done` says anything about a release. */
export type Outcome<Value> =
  | { kind: 'done'; value: Value }
  /** It will be refused again until a person mends something. */
  | { kind: 'refused'; reason: string; by?: 'AWS' | 'GitHub' }
  /** No answer for as long as the patience lasted. */
  | { kind: 'silent'; reason: string; by?: 'AWS' | 'GitHub' };

/** Why a call was not done, for people. */
export function reasonOf({ kind, reason, by = 'AWS' }: Exclude<Outcome<never>, { kind: 'done' }>): string {
  return `${by} ${kind === 'silent' ? 'does not answer' : 'refuses'}: ${reason}`;
}

/** Reaches AWS through the world it is given, so that every answer is noticed. */
export type Call<Value> = (world: World, signal: AbortSignal) => Promise<Value>;

/** What silence of the code host is counted as: which call of it got no answer is not told apart. */
const CODE_HOST = 'the code host';

/** Pause before the second try, in milliseconds; it doubles up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/**
 * Calls the platform, or the code host, in one journaled operation, again and again while it does not answer, until it has been silent for
 * the policy's `silence` since it last answered the same. The call must be idempotent, as every method of the platform port is.
 */
export function platformCall<Value extends Json>(
  context: JobContext,
  name: string,
  call: Call<Value>,
  world: World,
): Promise<Outcome<Value>> {
  return context.operation<Outcome<Value>>(name, ({ signal }) => callWithPatience(call, world, signal));
}

async function callWithPatience<Value>(
  call: Call<Value>,
  world: World,
  signal: AbortSignal,
): Promise<Outcome<Value>> {
  const { clock } = world;
  const { silence } = world.policy.timing;
  const ear = createEar(clock, silence);
  const listening = attentive(world, ear);
  for (;;) {
    try {
      return { kind: 'done', value: await call(listening, signal) };
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof PlatformRefused) return { kind: 'refused', reason: error.message };
      if (error instanceof CodeHostRefused) return { kind: 'refused', reason: error.message, by: 'GitHub' };
      const isOfHost = error instanceof CodeHostUnavailable;
      if (isOfHost) ear.onSilence(CODE_HOST);
      else if (!(error instanceof PlatformUnavailable)) throw error;
      if (clock.now() + ear.pause() > ear.silentSince() + silence) {
        return { kind: 'silent', reason: error.message, ...(isOfHost ? { by: 'GitHub' } : {}) };
      }
    }
    await clock.sleep(ear.pause(), signal);
  }
}

/** Knows for how long AWS has not answered what was last asked of it, and how long to wait before asking again. */
function createEar(clock: Clock, limit: number): Ear & { silentSince(): number; pause(): number } {
  const begun = clock.now();
  const answered = new Map<string, number>();
  let silentSince = begun;
  let failures = 0;
  return {
    clock,
    limit,
    onAnswer(asked) {
      answered.set(asked, clock.now());
    },
    onSilence(asked) {
      const since = answered.get(asked) ?? begun;
      failures = since === silentSince ? failures + 1 : 1;
      silentSince = since;
    },
    silentSince: () => silentSince,
    pause: () => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)),
  };
}
