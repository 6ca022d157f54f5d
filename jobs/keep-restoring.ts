import type { Progress } from '../src/domain/step-event.ts';
import type { JobContext } from './engine/engine.ts';
import { type Part, type Restored, restorePart } from './restore-part.ts';
import { pause, type Tell } from './trouble.ts';
import type { World } from './world.ts';

type Request = {
  deployment: number;
  part: Part;
  /** A try that takes longer is told as trouble, and begun anew. Milliseconds. */
  startWithin: number;
  /** Whether the images that run are part of the proof. */
  isProvenByImages: boolean;
  /** Tells its operations from others of the run. */
  prefix: string;
  progress(name: string, progress: Progress): Promise<void>;
  tell: Tell;
};

/** Puts one part back, however long that takes; comes back without only when somebody else put something there. */
export async function keepRestoring(
  context: JobContext,
  request: Request,
  world: World,
): Promise<Exclude<Restored, { kind: 'blocked' }>> {
  const { deployment, prefix, tell } = request;
  for (let round = 1; ; round += 1) {
    const name = `${prefix}round ${round}`;
    const restored = await restorePart(context, { ...request, name }, world);
    if (restored.kind !== 'blocked') return restored;
    await tell(`${name}: blocked`, restored.reason);
    await pause(context, { name: `${prefix}pause ${round}`, round, deployment }, world);
  }
}
