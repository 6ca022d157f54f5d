import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';

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
});
