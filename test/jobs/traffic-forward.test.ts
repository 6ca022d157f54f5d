import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

describe('a deployment in colours', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    world = createColouredWorld();
    await world.start();
    await world.begin();
  });
  afterEach(() => world.close());

  it('moves all traffic to the release, step by step, and keeps the old colour warm', async () => {
    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({ kind: 'succeeded' });
    expect(world.platform.splits(target)).toEqual([{ blue: 0, green: 100 }]);
    expect(world.platform.outages).toEqual([]);
  });

  it('gives the release more tasks first where the old colour has got more of them meanwhile', async () => {
    await world.untilStep(`${europe}/bake-25`);
    const { signal } = new AbortController();
    await world.platform.scale(target, { on: 'blue', desired: 6 }, { signal });
    const from = world.platform.changes.length;

    const deployment = await world.ended(1);

    const changes = world.platform.changes.slice(from).map((line) => line.split(' ').slice(1).join(' '));
    expect(deployment.phase).toEqual({ kind: 'succeeded' });
    expect(changes.slice(0, 2)).toEqual(['green × 6', 'rule 1: blue 0 green 100']);
    expect(world.platform.colour(target, 'green')).toMatchObject({ desired: 6, healthy: 6 });
  });
});
