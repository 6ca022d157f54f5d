import type { JobContext } from './engine/engine.ts';
import { type PutBackRequest, putBack } from './put-back.ts';
import type { World } from './world.ts';

/** Puts back what a deployment changed whose own run is gone; see `reconcile`. */
export async function putBackAlone(context: JobContext<PutBackRequest>, world: World): Promise<void> {
  await context.shield(() => putBack(context, context.input, world));
}
