import { afterEach, describe, expect, it } from 'vitest';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { type ShipWorld, ship, startShipWorld } from './ship-world.ts';
import { staging } from './shop.ts';

let world: ShipWorld;
afterEach(() => world.close());

describe('a branch that is shipped', () => {
  it('is deployed as the commit that it was merged as, though another is there by then', async () => {
    world = await startShipWorld();
    await world.readyToMerge();
    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');
    world.built(world.web.push('main', { files: { other: '1' } }));

    await world.phase('finished');

    expect((await world.store.deployment(1))?.plan.to.commit).toBe(merged?.commit);
  });

  it('is not asked for where a trigger asks for it, though its image is there', async () => {
    const github = { people: {}, ship, triggers: { kind: 'webhook' as const } };
    const environments = [{ ...staging, triggers: { push: 'main' } }];
    world = await startShipWorld({ policy: { environments, github } });
    await world.readyToMerge();
    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');

    await world.pass(20_000);

    expect(await world.store.history({ limit: 5 })).toEqual([]);
  });

  it('is shipped no more once its service is of another repository', async () => {
    world = await startShipWorld();
    await world.followed();
    const [service] = world.policy.services;
    if (service === undefined) throw new Error('There is no service');
    world.policy.services = [{ ...service, repository: 'acme/other' }];

    const { phase } = await world.until((shipment) => shipment.phase.kind !== 'following');

    expect(phase.kind).toBe('refused');
  });

  it('was pushed by force where GitHub does not know its commit any more', async () => {
    world = await startShipWorld();
    await world.followed();
    world.host.failNext('compare', new CodeHostRefused('There is no such commit.', 'not-found'));
    world.web.push('feature/banner', { files: { 'index.js': 'three' } });

    await world.until(({ head }) => head !== world.first);

    const events = await world.store.shipmentEvents('S1');
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'head-moved', isForced: true }),
    );
  });

  it('is merged by whoever asked for that, though GitHub merged it and did not answer', async () => {
    world = await startShipWorld();
    await world.readyToMerge();
    world.host.failNext('merge', new CodeHostUnavailable('It did not answer.'), 'after');

    await world.merge();
    const { merged } = await world.phase('deploying');

    expect(merged).toMatchObject({ by: { kind: 'person', userId: 'U0MAYA' } });
    expect(merged).not.toHaveProperty('byHand');
    expect(world.host.count('merge')).toBe(1);
  });
});
