import type { ForgeWorld } from '../../jobs/forge-world.ts';
import { europe, giveLive, staging } from '../../jobs/shop.ts';
import type { Happening } from '../story.ts';

const started = { type: 'step-started', step: `${europe}/start` };

/** Ways a question to people ends. */
export const questions: Record<string, Happening> = {
  'held and resumed': async (world) => {
    await held(world);
    await world.resume(1);
    world.platform.mend();
    await world.ended(1);
  },
  'held and aborted': async (world) => {
    await held(world);
    await world.abort(1);
    world.platform.mend();
    await world.ended(1);
  },
  'held until AWS answers': async (world) => {
    await held(world);
    world.platform.mend();
    await world.ended(1);
  },
  'held and nobody answers': async (world) => {
    await held(world);
    await world.until(async () => (await world.eventTypes(1)).includes('abort-requested'));
    world.platform.mend();
    await world.ended(1);
  },
  'held and aborted, and somebody else was there': async (world) => {
    await held(world);
    giveLive(world.platform, 'v1.2.0', staging);
    await world.abort(1);
    world.platform.mend();
    await world.ended(1);
  },
};

async function held(world: ForgeWorld): Promise<void> {
  await world.request('v1.1.0');
  const broken = world.upon(started, () => world.platform.break({ method: 'health', kind: 'unavailable' }));
  await broken;
  await world.untilPhase(1, 'held');
}
