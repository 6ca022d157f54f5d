import { stick } from '../../jobs/stick.ts';
import { inEurope, type ReturningWorld } from '../../jobs/two-regions.ts';
import { atStep, inColours } from '../coloured-story.ts';
import type { Story } from '../story.ts';

const foreign = { blue: 40, green: 60 };
const allGreen = { blue: 0, green: 100 };

/** What Forge finds that it did not do, in colours. */
export const foreignWeights: Record<string, Story> = {
  'foreign weights, and people override them': inColours(async (world) => {
    await heldAt(world, 'bake-100');
    await world.resume(1);
    await world.ended(1);
  }),
  'foreign weights before the first shift, and people override them': inColours(async (world) => {
    await heldAt(world, 'arm');
    await world.resume(1);
    await world.ended(1);
  }),
  'foreign weights that go away': inColours(async (world) => {
    await heldAt(world, 'bake-100');
    world.platform.moveTraffic(inEurope, allGreen);
    await world.ended(1);
  }),
  'foreign weights, and people abort': inColours(async (world) => {
    await heldAt(world, 'bake-100');
    await world.abort(1);
    await world.ended(1);
  }),
  'canary that is stuck in a bake and goes on': inColours(
    async (world) => {
      await stuckIn(world, 'bake-100');
      await world.resume(1);
      await world.ended(1);
    },
    { steps: [{ weight: 100, bake: 10_000 }] },
  ),
  'canary that is stuck in a bake and aborted': inColours(
    async (world) => {
      await stuckIn(world, 'bake-100');
      await world.abort(1);
      await world.ended(1);
    },
    { steps: [{ weight: 100, bake: 10_000 }] },
  ),
};

async function heldAt(world: ReturningWorld, step: string): Promise<void> {
  const moved = atStep(world, step, () => world.platform.moveTraffic(inEurope, foreign));
  await world.ask('v1.1.0');
  await world.untilPhase(1, 'held');
  await moved;
}

/** As an update leaves it that does not fit the journal. */
async function stuckIn(world: ReturningWorld, step: string): Promise<void> {
  await world.ask('v1.1.0');
  await world.untilStep(1, `eu-west-1/${step}`);
  await world.clock.advance(6_000);
  await stick(world, 'deploy/1');
  await world.start();
  await world.untilPhase(1, 'held');
}
