import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeFreeze } from '../../src/use-cases/freeze.ts';
import { createForgeWorld, type ForgeWorld, person } from '../jobs/forge-world.ts';

const HOURS = 3_600_000;

describe('a freeze', () => {
  let world: ForgeWorld;

  beforeEach(() => {
    world = createForgeWorld();
  });
  afterEach(() => world.close());

  it.each([
    ['begins in the past', { from: -HOURS, until: HOURS }, /cannot begin in the past/u],
    ['ends in the past', { until: -1 }, /cannot end in the past/u],
    ['ends now', { until: 0 }, /cannot end in the past/u],
    ['ends before it begins', { from: 2 * HOURS, until: HOURS }, /must end after it begins/u],
    ['ends when it begins', { from: HOURS, until: HOURS }, /must end after it begins/u],
  ])(
    'that %s is refused, and nothing is frozen',
    async (_what, times: { from?: number; until: number }, why) => {
      const now = world.clock.now();
      const { from, until } = times;
      const request = { scope: {}, reason: 'the sale', until: now + until };
      const placing = placeFreeze(
        from === undefined ? request : { ...request, from: now + from },
        person(),
        world.adapters,
      );

      await expect(placing).rejects.toThrow(why);
      expect(await world.store.freezesAhead(0)).toEqual([]);
    },
  );
});
