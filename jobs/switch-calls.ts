import type { Colour, Target } from '../src/domain/release.ts';
import type { DeadManSwitch } from '../src/ports/dead-man-switch.ts';
import type { World } from './world.ts';

export type SwitchRead = Awaited<ReturnType<DeadManSwitch['read']>>;

/** One question to AWS about a dead-man switch, beside other work, waits at most so long for its answer. Milliseconds. */
export const LONGEST_SWITCH_CALL = 10_000;

/** Sets a dead-man switch and reads it from outside; `after` in milliseconds. Errors as `DeadManSwitch`; idempotent. */
export async function armAndRead(
  target: Target,
  { to, after }: { to: Colour; after: number },
  { deadMan, clock }: Pick<World, 'deadMan' | 'clock'>,
  signal: AbortSignal,
): Promise<SwitchRead> {
  await deadMan.arm(target, { to, at: clock.now() + after }, { signal });
  return deadMan.read(target, { signal });
}

/** Takes a dead-man switch away and reads from outside whether it is gone. Errors as `DeadManSwitch`; idempotent. */
export async function disarmAndRead(
  target: Target,
  { deadMan }: Pick<World, 'deadMan'>,
  signal: AbortSignal,
): Promise<SwitchRead> {
  await deadMan.disarm(target, { signal });
  return deadMan.read(target, { signal });
}
