import type { Colour, Target } from '../../src/domain/release.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { isAllOn, shownOf } from '../../src/domain/whose-split.ts';
import { type JobContext, OperationFailed } from '../engine/engine.ts';
import { isTakenOver } from '../obedient.ts';
import { platformCall } from '../platform-call.ts';
import { pause, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { disarm } from './disarm.ts';

type Request = {
  deployment: number;
  target: Target;
  /** The colour that has lost its traffic. */
  on: Colour;
  prefix: string;
  tell: Tell;
};

/**
 * Scales the colour that lost its traffic to 0, once the switch that may move traffic is gone and the load balancer sends
 * it nothing; the colour that has the traffic is scaled as its policies say again. However long that takes.
 */
export async function retire(context: JobContext, request: Request, world: World): Promise<string> {
  const { deployment, target, on, prefix, tell } = request;
  await disarm(context, request, world);
  for (let round = 1; ; round += 1) {
    const name = `${prefix}retire ${round}`;
    const reason = await reasonToKeep(context, { name, target, on }, world);
    if (reason === undefined) return `${on} has no tasks any more`;
    await tell(`${name}: blocked`, reason);
    await pause(context, { name: `${name}: pause`, round, deployment }, world);
  }
}

async function reasonToKeep(
  context: JobContext,
  { name, target, on }: { name: string; target: Target; on: Colour },
  world: World,
): Promise<string | undefined> {
  try {
    const retired = await platformCall(
      context,
      name,
      async ({ platform }, signal) => {
        const { rules } = await platform.traffic(target, { signal });
        const live = otherColour(on);
        if (!isAllOn(live, rules)) return shownOf(rules.map(({ split }) => split));
        await platform.autoscaling(target, { on, mode: 'off' }, { signal });
        await platform.scale(target, { on, desired: 0 }, { signal });
        await platform.autoscaling(target, { on: live, mode: 'normal' }, { signal });
        return null;
      },
      world,
    );
    if (retired.kind !== 'done') {
      const what = retired.kind === 'silent' ? 'AWS does not answer' : 'AWS refuses';
      return `${what}: ${retired.reason}`;
    }
    if (retired.value === null) return undefined;
    return `${on} in ${target.region} still gets traffic, so its tasks stay: the load balancer says ${retired.value}. Move everything to ${otherColour(on)}, and Forge goes on.`;
  } catch (error) {
    if (!(error instanceof OperationFailed) || isTakenOver(error)) throw error;
    return `Forge itself had a problem: ${error.message}`;
  }
}
