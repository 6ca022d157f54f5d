import { afterEach, describe, expect, it } from 'vitest';
import { failed, passed } from '../fakes/command-runner.ts';
import { createShipWorld, type ShipWorld, startShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

describe('the checks of a branch that is shipped', () => {
  it('stops at the first check that fails, shows how it failed, and goes on by itself with a new commit', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('one\nexpected a banner'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');
    await world.pass(5_000);
    expect(world.host.count('createPullRequest')).toBe(0);
    expect(world.thread().join('\n')).toContain('expected a banner');
    expect(world.said()).toContain('Retry');

    world.web.push('feature/banner', { files: { 'index.js': 'three' }, message: 'Mend it' });
    await world.followed();

    expect(world.runner.requests.map(({ commit }) => commit)).toEqual([
      world.first,
      (await world.shipment()).head,
    ]);
  });

  it('goes on where somebody retries a check that failed', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('flaky'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');

    await world.retry();

    await world.followed();
  });

  it('ends a check of a commit that is not the branch’s any more', async () => {
    world = createShipWorld();
    world.runner.script('npm test', 'hang', passed());
    await world.start();
    await world.ship();
    await world.until(() => world.runner.hanging.length === 1);

    const second = world.web.push('feature/banner', { files: { 'index.js': 'three' } });
    await world.followed();

    expect(world.runner.hanging).toEqual([]);
    expect(world.runner.requests.map(({ commit }) => commit)).toEqual([world.first, second]);
  });

  it('is checked anew after a force-push, and says so', async () => {
    await shipping();
    await world.readyToMerge();

    world.web.push('other', { files: { 'index.js': 'forced' } }, 'main');
    world.web.point('feature/banner', 'other');
    await world.until(({ head }) => head !== world.first);
    await world.followed();
    await world.pass(5_000);

    expect(world.thread().join('\n')).toContain('pushed by force');
    expect(world.runner.requests).toHaveLength(2);
    expect((await world.shipment()).standing?.approvedBy).toEqual([]);
  });

  it('ends while it is being checked when the branch is deleted', async () => {
    world = createShipWorld();
    world.runner.script('npm test', failed('no'));
    await world.start();
    await world.ship();
    await world.phase('blocked');

    world.web.deleteBranch('feature/banner');

    await world.phase('branch-gone');
  });

  it('ends the check that runs when somebody cancels it', async () => {
    world = createShipWorld();
    world.runner.script('npm test', 'hang');
    await world.start();
    await world.ship();
    await world.until(() => world.runner.hanging.length === 1);

    await world.cancel();
    await world.pass(1_000);

    expect(world.runner.hanging).toEqual([]);
    expect(world.reports).toEqual([]);
  });
});
