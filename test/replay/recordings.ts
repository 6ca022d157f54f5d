import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { createFollowWorld, type FollowWorld } from '../jobs/follow-world.ts';
import { createShipWorld, type ShipWorld } from '../jobs/ship-world.ts';
import { recordedRuns } from './record-story.ts';
import type { RecordedRun } from './recorded-run.ts';

/** What happens in worlds of their own, other than those of deployments: gives the journals of its runs. */
export const recordings: Record<string, () => Promise<RecordedRun[]>> = {
  'shipped and merged by hand': () =>
    shipping('shipped and merged by hand', async (world) => {
      world.built(world.web.mergeByHand(1, 'lena'));
      await world.phase('finished');
    }),
  'shipped and cancelled': () => shipping('shipped and cancelled', (world) => world.cancel()),
  'pushed while GitHub is silent': () =>
    following('pushed while GitHub is silent', async (world) => {
      const commit = world.push();
      world.codeHost.failNext('ref', new CodeHostUnavailable('GitHub does not answer.'), 'before');
      await world.told({ commit });
      await world.pass(90_000);
    }),
  'pushed twice': () =>
    following('pushed twice', async (world) => {
      await world.told({ commit: world.push() });
      await world.pass();
      await world.told({ commit: world.push() });
      await world.pass();
    }),
};

async function shipping(
  story: string,
  happen: (world: ShipWorld) => Promise<unknown>,
): Promise<RecordedRun[]> {
  const world = createShipWorld();
  try {
    world.runner.script('npm test', failed('flaky'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');
    await world.retry();
    await world.followed();
    await happen(world);
    await world.pass(60_000);
    return recordedRuns(world, story).filter(({ job }) => job === 'ship');
  } finally {
    await world.close();
  }
}

async function following(
  story: string,
  happen: (world: FollowWorld) => Promise<unknown>,
): Promise<RecordedRun[]> {
  const world = await createFollowWorld();
  try {
    await world.start();
    await happen(world);
    return recordedRuns(world, story).filter(({ job }) => job === 'follow');
  } finally {
    await world.close();
  }
}
