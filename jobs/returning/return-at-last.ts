import type { JobContext } from '../engine/engine.ts';
import { pause } from '../trouble.ts';
import type { World } from '../world.ts';
import { keepReturning, type Returned, type ReturnRequest } from './keep-returning.ts';
import { oldWeightsLast } from './old-weights.ts';

/**
 * Brings all traffic to one colour at last. Weights that somebody else set, and nobody agreed to override, are left alone
 * and shouted about: they may be what keeps the service up. As soon as they are Forge's again, or everything is where it is
 * to be, it goes on; a person may take over, and a rollback asked for then shows them and overrides them.
 */
export async function returnAtLast(
  context: JobContext,
  request: ReturnRequest,
  world: World,
): Promise<Extract<Returned, { kind: 'returned' }>> {
  const { deployment, tell, to, prefix } = request;
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? prefix : `${prefix}again ${round}: `;
    const returned = await keepReturning(context, { ...request, prefix: name }, world);
    if (returned.kind === 'returned') {
      // Whoever moved it did so a moment ago: what follows may scale down, and must not count on it yet.
      const isByHand = round > 1 && returned.moved === undefined;
      if (isByHand) await context.sleep(`${name}by hand`, oldWeightsLast(world.policy));
      return returned;
    }
    const reason = `${returned.reason} Forge does not override that. Move all traffic to ${to}, and Forge goes on by itself; or answer for the service with \`/forge takeover #${deployment}\`.`;
    await tell(`${name}foreign weights`, reason);
    await pause(context, { name: `${name}wait`, round, deployment }, world);
  }
}
