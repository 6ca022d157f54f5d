import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

describe('a deployment in colours that is paused between two steps', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    world = createColouredWorld();
    await world.start();
    await world.begin();
  });
  afterEach(() => world.close());

  const stepOf = async (id: string) => (await world.deployment(1)).steps[`${europe}/${id}`]?.kind;

  it('begins no further step before it goes on', async () => {
    await world.atStep(`${europe}/start`, () => world.pause(1));
    await world.clock.advance(60_000);
    const meanwhile = [await stepOf('start'), await stepOf('verify')];
    await world.resume(1);

    expect(meanwhile).toEqual(['finished', undefined]);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('goes on watching the release that has all traffic, and puts it back when it goes bad', async () => {
    await world.atStep(`${europe}/disarm`, () => world.pause(1));
    await world.clock.advance(30_000);
    const meanwhile = [await stepOf('disarm'), await stepOf('standby')];
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });

    expect(meanwhile).toEqual(['finished', undefined]);
    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(world.platform.splits(target)).toEqual([{ blue: 100, green: 0 }]);
  });

  it('stays paused when a person has Forge put its own weights in place of others', async () => {
    await world.atStep(`${europe}/disarm`, () => world.pause(1));
    await world.clock.advance(20_000);
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await world.untilPhase(1, 'held');
    await world.resume(1);
    await world.clock.advance(30_000);
    const meanwhile = { splits: world.platform.splits(target), standby: await stepOf('standby') };
    await world.resume(1);

    expect(meanwhile).toEqual({ splits: [{ blue: 0, green: 100 }], standby: undefined });
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });
});
