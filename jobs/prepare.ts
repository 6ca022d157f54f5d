import { messageOf } from '../src/domain/errors.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import { cancelBuild } from './cancel-build.ts';
import { endDeployment } from './end-deployment.ts';
import { AbortRequested, type JobContext } from './engine/engine.ts';
import { goRound } from './preparing/rounds.ts';
import type { World } from './world.ts';

export type PrepareInput = { deployment: number };

/**
 * Checks a requested deployment, waits for the people who must approve it, and starts it. It holds nothing: the service is
 * taken in the same commit that starts the run which has effects, and only if nothing has changed since it was found ready.
 * Whatever goes wrong here ends the deployment with nothing changed.
 */
export async function prepare(context: JobContext<PrepareInput>, world: World): Promise<void> {
  const { deployment } = context.input;
  const isBuilding = { now: false };
  try {
    const notStarted = await goRound(context, world, isBuilding);
    if (notStarted !== undefined) await endDeployment(context, deployment, notStarted, world.store);
    if (isBuilding.now) await cancelBuild(context, world);
  } catch (error) {
    const event: DeploymentEvent & { type: 'aborted' | 'refused' } =
      error instanceof AbortRequested
        ? { type: 'aborted' }
        : {
            type: 'refused',
            reason: `Forge itself had a problem: ${messageOf(error)}. Nothing was changed; try again.`,
          };
    await context.shield(async () => {
      await endDeployment(context, deployment, event, world.store);
      if (isBuilding.now) await cancelBuild(context, world);
    });
  }
}
