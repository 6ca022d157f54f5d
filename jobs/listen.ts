import type { Json } from '../src/domain/json.ts';
import { PlatformUnavailable } from '../src/ports/platform.ts';
import { attentive } from './attentive.ts';
import type { Call } from './platform-call.ts';
import type { World } from './world.ts';

/** What ended the wait; `version` is the deployment's at that moment. */
export type Heard = { kind: 'answered' } | { kind: 'back' | 'late'; version: number };

/** AWS is asked again this often while people are. Milliseconds. */
const ASK_AWS_EVERY = 30_000;
/** Between two looks for an answer of a person. Milliseconds. */
const LOOK = 1000;
/** A question to AWS that takes longer has no answer. Milliseconds. */
const LONGEST_QUESTION = 10_000;

/** Waits while the deployment is held: for a person's answer, for AWS to answer `call` if there is one, or until the time is over. */
export async function listen(
  { deployment, until, call }: { deployment: number; until: number; call?: Call<Json> },
  world: World,
  signal: AbortSignal,
): Promise<Heard> {
  const { clock, store } = world;
  const { poll } = world.policy.timing;
  const every = Math.min(ASK_AWS_EVERY, 6 * poll);
  let askAt = clock.now() + every;
  for (;;) {
    const state = await store.deployment(deployment);
    if (state?.phase.kind !== 'held') return { kind: 'answered' };
    const { version } = state;
    if (clock.now() >= until) return { kind: 'late', version };
    if (call !== undefined && clock.now() >= askAt) {
      if (await answers(call, world, signal)) return { kind: 'back', version };
      askAt = clock.now() + every;
    }
    await clock.sleep(Math.min(LOOK, poll), signal);
  }
}

/** Whether AWS has anything to say to this; what it says is for the call itself, made again. */
async function answers(call: Call<Json>, world: World, signal: AbortSignal): Promise<boolean> {
  const answered = new AbortController();
  const listening = attentive(world, {
    clock: world.clock,
    limit: Math.min(LONGEST_QUESTION, world.policy.timing.silence),
    onAnswer: () => answered.abort(),
    onSilence: () => undefined,
  });
  try {
    await call(listening, AbortSignal.any([signal, answered.signal]));
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return answered.signal.aborted || !(error instanceof PlatformUnavailable);
  }
}
