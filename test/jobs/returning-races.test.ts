import { afterEach, describe, expect, it } from 'vitest';
import type { Split } from '../../src/domain/traffic.ts';
import { europe } from './shop.ts';
import { allBlue, allGreen, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

describe('traffic that returns while somebody else moves it', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  async function baking(options: Parameters<typeof createReturningWorld>[0] = {}): Promise<void> {
    world = createReturningWorld({ steps: [{ weight: 100, bake: 60_000 }], ...options });
    await world.start();
    await world.ask('v1.1.0');
    await world.until(async () => (await world.deployment(1)).traffic[europe]?.confirmedAt !== undefined);
  }

  /** As another run does: noted, with a newer generation. */
  async function intend(deployment: number, split: Split): Promise<void> {
    const { generation = 0 } = (await world.store.traffic(inEurope)) ?? {};
    await world.store.commit([
      {
        kind: 'intend-traffic',
        ...{ target: inEurope, split, before: split, deployment, expectGeneration: generation },
      },
    ]);
  }

  it('looks again where something else was intended between its look and its own intent', async () => {
    await baking();
    const { traffic, setTraffic } = world.platform;
    const intended: (Split | undefined)[] = [];
    world.platform.setTraffic = async (...asked) => {
      intended.push((await world.store.traffic(inEurope))?.split);
      await setTraffic.apply(world.platform, asked);
    };
    let looks = 0;
    const watched = world.upon({ type: 'restoring' }, () => {
      world.platform.traffic = async (...asked) => {
        const seen = await traffic.apply(world.platform, asked);
        looks += 1;
        if (looks === 1) await intend(1, allGreen);
        return seen;
      };
    });
    await world.abort(1);
    await world.ended(1);
    await watched;

    expect(looks).toBeGreaterThan(1);
    expect(intended).toEqual([allBlue]);
    expect(await world.store.traffic(inEurope)).toMatchObject({
      split: allBlue,
      confirmedAt: expect.any(Number),
    });
  });

  it('is not set again once something newer is intended', async () => {
    await baking();
    const { setTraffic } = world.platform;
    let sets = 0;
    world.platform.setTraffic = async (...asked) => {
      sets += 1;
      // The first one is lost on the way.
      if (sets === 1) await intend(2, allGreen);
      else await setTraffic.apply(world.platform, asked);
    };
    await world.abort(1);
    await world.told(1);

    expect(sets).toBe(1);
    expect(world.splits()).toEqual([[allGreen]]);
  });

  it('is set again at once where the first order was lost on the way', async () => {
    await baking();
    const { setTraffic } = world.platform;
    let sets = 0;
    world.platform.setTraffic = async (...asked) => {
      sets += 1;
      if (sets > 1) await setTraffic.apply(world.platform, asked);
    };
    await world.abort(1);
    const deployment = await world.ended(1);

    expect(deployment.traffic[europe]?.took).toBeLessThan(1_000);
    expect(await world.eventTypes(1)).not.toContain('restore-blocked');
  });

  it('is not back before every rule says so', async () => {
    await baking({ rules: 2 });
    const { setTraffic } = world.platform;
    world.platform.setTraffic = async (target, split) => world.platform.moveTraffic(target, split, 0);
    await world.abort(1);
    const reason = await world.told(1);
    const meanwhile = await world.store.traffic(inEurope);
    world.platform.setTraffic = setTraffic;

    expect(reason).toContain('everything on blue, elsewhere everything on green');
    expect(meanwhile?.confirmedAt).toBeUndefined();
    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue, allBlue]]);
  });

  it('does not write over weights that are not those people were asked about', async () => {
    await baking();
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    await world.untilPhase(1, 'held');
    world.platform.moveTraffic(inEurope, { blue: 20, green: 80 });
    await world.abort(1);
    const reason = await world.told(1);
    await world.clock.advance(60_000);

    expect(reason).toContain('blue 20 % and green 80 %');
    expect(world.splits()).toEqual([[{ blue: 20, green: 80 }]]);
  });

  it('leaves weights alone that the release had on its way, once no write of Forge can arrive late', async () => {
    const half = { blue: 50, green: 50 };
    await baking({
      steps: [
        { weight: 50, bake: 60_000 },
        { weight: 100, bake: 10_000 },
      ],
      watch: 60_000,
    });
    await world.abort(1);
    await world.until(async () => (await world.deployment(1)).traffic[europe]?.took !== undefined);
    await world.clock.advance(world.policy.timing.silence + 5_000);
    world.platform.moveTraffic(inEurope, half);
    const reason = await world.told(1);
    await world.clock.advance(30_000);

    expect(reason).toContain('blue 50 % and green 50 %');
    expect(world.splits()).toEqual([[half]]);
    expect(world.desired('green')).toBe(2);
  });
});
