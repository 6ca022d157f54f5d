import { allBlue, inEurope, type ReturningWorld } from '../../jobs/two-regions.ts';
import { inColours } from '../coloured-story.ts';
import type { Story } from '../story.ts';

const standby = async (world: ReturningWorld) => (await world.deployment(1)).standby['eu-west-1'];

/** Ways the time of a standby ends. */
export const standbys: Record<string, Story> = {
  'standby that is kept longer': inColours(async (world) => {
    await world.deployed('v1.1.0');
    await untilLonger(world);
  }),
  'standby that is kept longer, for AWS does not answer': inColours(async (world) => {
    await world.deployed('v1.1.0');
    world.platform.break({ method: 'traffic', kind: 'unavailable' });
    await untilLonger(world);
    world.platform.mend();
  }),
  'standby that somebody else sent the traffic to': inColours(async (world) => {
    await world.deployed('v1.1.0');
    world.platform.moveTraffic(inEurope, allBlue);
  }),
  'standby that the next deployment uses': inColours(async (world) => {
    await world.deployed('v1.1.0');
    await world.deployed('v1.2.0');
  }),
};

async function untilLonger(world: ReturningWorld): Promise<void> {
  const first = (await standby(world))?.until ?? 0;
  await world.until(async () => ((await standby(world))?.until ?? 0) > first);
}
