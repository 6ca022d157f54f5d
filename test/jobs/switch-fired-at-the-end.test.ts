import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

let world: ColouredWorld;

beforeEach(async () => {
  world = createColouredWorld();
  await world.start();
  await world.begin();
});
afterEach(() => world.close());

it('does not call a release live whose traffic the dead-man switch took right before it was put away', async () => {
  const { signal } = new AbortController();
  await world.atStep(`${europe}/disarm`, async () => {
    await world.platform.setTraffic(target, { blue: 100, green: 0 }, { signal });
    await world.deadMan.disarm(target, { signal });
  });

  const deployment = await world.ended(1);

  const events = (await world.store.events(1)).map(({ event }) => event.type);
  expect(deployment.phase).toMatchObject({
    kind: 'rolled-back',
    reason: expect.stringContaining('the dead-man switch moved the traffic'),
  });
  expect(events).toContain('switch-fired');
  expect(world.platform.splits(target)).toEqual([{ blue: 100, green: 0 }]);
});
