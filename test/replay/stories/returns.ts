import { allBlue, inEurope, type ReturningWorld } from '../../jobs/two-regions.ts';
import { atStep, inColours } from '../coloured-story.ts';
import type { Story } from '../story.ts';

const foreign = { blue: 40, green: 60 };
const failed = { kind: 'failed', reason: 'GET /health answered 500' } as const;

/** Ways the traffic of a deployment that is aborted at 100 % comes back. */
export const returns: Record<string, Story> = {
  'return while AWS is silent': inColours(async (world) => {
    await abortedAs(world, () => world.platform.break({ method: 'traffic', kind: 'unavailable' }));
    await blocked(world);
    world.platform.mend();
    await world.ended(1);
  }),
  'return to a colour that is down': inColours(async (world) => {
    await abortedAs(world, () => world.platform.sicken(inEurope, 'blue', 0));
    await blocked(world);
    world.platform.sicken(inEurope, 'blue', undefined);
    await world.ended(1);
  }),
  'return to a colour that is too small': inColours(
    async (world) => {
      await abortedAs(world, () => world.platform.sicken(inEurope, 'blue', 1));
      await world.clock.advance(8_000);
      world.platform.sicken(inEurope, 'blue', undefined);
      await world.ended(1);
    },
    { desired: 4 },
  ),
  'return where somebody else set the weights': inColours(async (world) => {
    await abortedAs(world, () => world.platform.moveTraffic(inEurope, foreign));
    await blocked(world);
    world.platform.moveTraffic(inEurope, allBlue);
    await world.ended(1);
  }),
  'return, and somebody else moves the traffic after it': inColours(
    async (world) => {
      await abortedAs(world, () => undefined);
      await world.until(async () => (await world.deployment(1)).traffic['eu-west-1']?.took !== undefined);
      world.platform.moveTraffic(inEurope, { blue: 0, green: 100 });
      await world.ended(1);
    },
    { watch: 20_000 },
  ),
  'return that the public address does not show': inColours(async (world) => {
    await abortedAs(world, () => world.smoke.always(failed));
    await world.ended(1);
  }),
  'return whose dead-man switch does not go away': inColours(async (world) => {
    await abortedAs(world, () => world.deadMan.break('disarm', 'unavailable'));
    await blocked(world);
    world.deadMan.mend();
    await world.ended(1);
  }),
};

async function abortedAs(world: ReturningWorld, act: () => unknown): Promise<void> {
  const aborted = atStep(world, 'bake-100', async () => {
    act();
    await world.abort(1);
  });
  await world.ask('v1.1.0');
  await world.untilPhase(1, 'rolling-back');
  await aborted;
}

function blocked(world: ReturningWorld): Promise<boolean> {
  return world.until(async () => (await world.deployment(1)).restores['eu-west-1']?.kind === 'blocked');
}
