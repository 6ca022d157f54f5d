import { createEngineDriver } from '../../db/engine-driver.ts';
import type { RunEnd } from '../../jobs/engine/driver.ts';
import type { ForgeWorld } from './forge-world.ts';

/** What the engine says of code that does not fit the journal. */
export const contradiction =
  'Operation 7: the journal has operation "eu-west-1/start: look 1", the code asks for commit "eu-west-1/start: finish"';

/** Stops the process and leaves the run stuck, as an update of Forge may. The next process is not begun yet. */
export function stick(world: ForgeWorld, run: string, error: string = contradiction): Promise<void> {
  return endRun(world, run, { status: 'stuck', error });
}

/** Stops the process and ends the run as another one would have. The next process is not begun yet. */
export async function endRun(world: ForgeWorld, run: string, end: RunEnd): Promise<void> {
  await world.stop();
  const leadership = await createEngineDriver(world.database, world).tryToLead('another process');
  await leadership?.end(run, end);
  await leadership?.release();
}
