import type { DeploymentEvent } from '../src/domain/events.ts';
import type { JobContext } from './engine/engine.ts';
import { keepRestoring } from './keep-restoring.ts';
import { isTakenOver, obedient } from './obedient.ts';
import type { Part } from './restore-part.ts';
import { createTeller } from './trouble.ts';
import type { World } from './world.ts';

export type RestoreRegionInput = {
  deployment: number;
  part: Part;
  /** Milliseconds. */
  startWithin: number;
};

/** Puts one region back, however long that takes, and records how it goes; stops when a person takes over. */
export async function restoreRegion(context: JobContext<RestoreRegionInput>, world: World): Promise<void> {
  const { deployment, part, startWithin } = context.input;
  const { region } = part.target;
  const record = async (name: string, event: DeploymentEvent) => {
    await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  };
  const request = {
    ...{ deployment, part, startWithin, prefix: '', isProvenByImages: true },
    progress: (name: string, progress: { done: number; of: number }) =>
      record(name, { type: 'restore-progressed', region, progress }),
    tell: createTeller(context, (name, reason) => record(name, { type: 'restore-blocked', region, reason })),
  };
  try {
    const restored = await keepRestoring(
      context,
      request,
      obedient(world, { deployment, run: context.runId }),
    );
    if (restored.kind === 'restored') {
      await record('restored', { type: 'restored', region, detail: restored.detail });
    } else {
      await record('left', { type: 'restore-left', region, reason: restored.reason });
    }
  } catch (error) {
    if (!isTakenOver(error)) throw error;
  }
}
