import type { Target } from '../../src/domain/release.ts';
import type { Split } from '../../src/domain/traffic.ts';
import { isAmong, shownOf } from '../../src/domain/whose-split.ts';
import type { JobContext } from '../engine/engine.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import type { World } from '../world.ts';

/** How moving traffic ended. */
type Moved =
  /** Every rule was read back and says so; when, in milliseconds since the epoch. */
  | { kind: 'confirmed'; at: number }
  /** Somebody intended something else since. */
  | { kind: 'overtaken' }
  /** The load balancer goes on saying something else. */
  | { kind: 'differs'; shown: string };

/** Between two reads of what was just written, at first; it doubles up to the policy's `poll`. Milliseconds. */
const FIRST_PAUSE = 100;

/**
 * Sets the weights of every rule and reads them back until all say so. What is intended is written before, with this
 * generation; once there is a newer one nothing is set any more. Sets them again where a late write of an earlier try overtook.
 */
export function moveTraffic(
  context: JobContext,
  request: { name: string; target: Target; split: Split; generation: number },
  world: World,
): Promise<Outcome<Moved>> {
  const { name, ...wanted } = request;
  return platformCall(context, name, (reached, signal) => setUntilItIs(wanted, reached, signal), world);
}

async function setUntilItIs(
  { target, split, generation }: { target: Target; split: Split; generation: number },
  { platform, store, clock, policy }: World,
  signal: AbortSignal,
): Promise<Moved> {
  const { observe, poll } = policy.timing;
  const until = clock.now() + observe;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, poll)) {
    if ((await store.traffic(target))?.generation !== generation) return { kind: 'overtaken' };
    await platform.setTraffic(target, split, { signal });
    const { rules } = await platform.traffic(target, { signal });
    const at = clock.now();
    if (isAmong([split], rules)) return { kind: 'confirmed', at };
    if (at >= until) return { kind: 'differs', shown: shownOf(rules.map((rule) => rule.split)) };
    await clock.sleep(pause, signal);
  }
}
