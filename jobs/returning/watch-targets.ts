import type { Colour, Target } from '../../src/domain/release.ts';
import type { JobContext } from '../engine/engine.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import type { World } from '../world.ts';

/**
 * Waits until as many targets of a colour are healthy as are needed, until their number changes, or until the longest
 * observation is over. Gives how many are healthy.
 */
export function watchTargets(
  context: JobContext,
  { name, target, on, needs }: { name: string; target: Target; on: Colour; needs: number },
  world: World,
): Promise<Outcome<number>> {
  return platformCall(
    context,
    name,
    async ({ platform, clock, policy }, signal) => {
      const { observe, poll } = policy.timing;
      const until = clock.now() + observe;
      let first: number | undefined;
      for (;;) {
        const { healthy } = (await platform.traffic(target, { signal })).targets[on];
        first ??= healthy;
        if (healthy >= needs || healthy !== first || clock.now() >= until) return healthy;
        await clock.sleep(poll, signal);
      }
    },
    world,
  );
}
