import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { createFollowWorld, type FollowWorld } from './follow-world.ts';
import { person } from './forge-world.ts';

let world: FollowWorld;
beforeEach(async () => {
  world = await createFollowWorld();
  await world.start();
});
afterEach(() => world.close());

async function shipped(expected: number, ...events: ShipmentEvent[]): Promise<void> {
  const { actor } = person('U0MAYA');
  await world.store.commit([
    { kind: 'append-shipment', shipment: 'S1', expect: expected, events, by: actor },
  ]);
}

const head = 'b'.repeat(40);
const requested: ShipmentEvent = {
  ...{ type: 'requested', service: 'api', repository: 'acme/api', branch: 'feature/a', base: 'main' },
  ...{ channel: 'C0STAGING', head },
};

describe('a push that Forge made by merging', () => {
  it('is of the person who had it merged, who may not vote on it', async () => {
    const commit = world.push();
    await shipped(0, requested, { type: 'merge-asked', head }, { type: 'merged', commit });

    await world.told({ commit, login: 'forge[bot]' });
    await world.pass();

    expect((await world.all())[0]).toMatchObject({
      pushed: { login: 'forge[bot]', person: 'U0MAYA' },
      requestedBy: { pusher: { login: 'forge[bot]', person: 'U0MAYA' } },
    });
  });

  it('is waited with until Forge knows what it has merged', async () => {
    const commit = world.push();
    await shipped(0, requested, { type: 'merge-asked', head });
    await world.told({ commit, login: 'forge[bot]' });
    await world.pass(1_000);
    expect(await world.all()).toEqual([]);

    await shipped(2, { type: 'merged', commit });
    await world.pass();

    expect((await world.all())[0]?.pushed).toMatchObject({ person: 'U0MAYA' });
  });

  it('is nobody’s for sure where another commit was merged', async () => {
    const commit = world.push();
    await shipped(0, requested, { type: 'merge-asked', head }, { type: 'merged', commit: head });

    await world.told({ commit, login: 'forge[bot]' });
    await world.pass();

    expect((await world.all())[0]?.pushed).not.toHaveProperty('person');
  });

  it('is of who merged it by hand on GitHub, not of who shipped it', async () => {
    const commit = world.push();
    await shipped(0, requested, { type: 'merged', commit, byHand: 'octocat' });

    await world.told({ commit, login: 'octocat' });
    await world.pass();

    expect((await world.all())[0]?.pushed).toMatchObject({ login: 'octocat', person: 'U0SAM' });
  });
});
