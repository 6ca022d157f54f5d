import { afterEach, describe, expect, it } from 'vitest';
import { type ShipWorld, startShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

async function shipping(options?: Parameters<typeof startShipWorld>[0]): Promise<void> {
  world = await startShipWorld(options);
}

describe('a branch that is shipped', () => {
  it('is checked, opened as a pull request, merged when somebody says so, and deployed as exactly that commit', async () => {
    await shipping();
    await world.readyToMerge();
    expect(world.web.pulls.get(1)).toMatchObject({
      state: 'open',
      labels: ['refactoring'],
      reviewersAsked: ['lena'],
    });
    expect(world.host.count('merge')).toBe(0);

    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');
    const { deployment } = await world.phase('finished');

    const [deployed] = await world.store.history({ limit: 5 });
    expect(deployment).toEqual({ number: 1, isByItself: false });
    expect(deployed?.plan.to.commit).toBe(world.web.pulls.get(1).mergeCommit);
    expect(world.runner.requests[0]?.commit).toBe(world.first);
  });
});
