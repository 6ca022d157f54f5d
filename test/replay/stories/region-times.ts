import { america, europe } from '../../jobs/shop.ts';
import { closed, createTimesWorld, MINUTE, NINE, type TimesWorld } from '../../jobs/times-world.ts';
import { type Happening, type Story, storyIn } from '../story.ts';

const steps = [{ weight: 100, bake: 3_000 }];
const standby = 20_000;

/** Canaries in two regions whose times end while they are under way. */
export const regionTimes: Record<string, Story> = {
  'waits before its second region': inTimes(async (world) => {
    await world.ask('v1.1.0');
    await world.untilStep(1, `${america}/bake-100`);
    const freeze = await world.freeze(0, 1_200);
    await world.waits(europe);
    await world.lift(freeze);
    await world.ended(1);
  }),
  'is put back when its window closes': inTimes(
    async (world) => {
      await world.ask('v1.1.0');
      await world.ended(1);
    },
    { windows: closed(NINE + 1, NINE + 5, 'roll-back'), steps: [{ weight: 100, bake: MINUTE }] },
  ),
};

function inTimes(
  happening: Happening<TimesWorld>,
  options: Parameters<typeof createTimesWorld>[0] = {},
): Story {
  return storyIn(
    () => createTimesWorld({ steps, standby, ...options }),
    async (world) => {
      await happening(world);
      for (const colour of ['blue', 'green'] as const) world.metrics.conduct(colour, { requests: 0 });
    },
  );
}
