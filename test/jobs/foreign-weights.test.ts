import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

const bake = `${europe}/bake-25`;

describe('weights that Forge did not set', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    world = createColouredWorld();
    await world.start();
    await world.begin();
  });
  afterEach(() => world.close());

  const share = () => world.platform.splits(target)[0];
  const isAt = (green: number) => JSON.stringify(share()) === JSON.stringify({ blue: 100 - green, green });
  const question = async () => {
    const { phase } = await world.untilPhase(1, 'held');
    return phase.kind === 'held' ? phase.question : '';
  };

  it('are never overwritten without a word: people are told from what to what', async () => {
    await world.untilStep(bake);
    world.platform.moveTraffic(target, { blue: 40, green: 60 });

    expect(await question()).toMatch(
      /^Somebody else moved the traffic of Checkout in eu-west-1: Forge had blue 75 % and green 25 % \(last confirmed at [\d:]+ UTC\), and the load balancer now says blue 40 % and green 60 %\. Blue is v1\.0\.0, green v1\.1\.0\.$/u,
    );
    expect(share()).toEqual({ blue: 40, green: 60 });
  });

  it('give way to those of Forge when a person says so', async () => {
    await world.untilStep(bake);
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await question();
    await world.resume(1);
    await world.until(() => isAt(25));

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('are not taken for a success where they came after the last bake', async () => {
    await world.atStep(`${europe}/disarm`, () => world.platform.moveTraffic(target, { blue: 40, green: 60 }));

    expect(await question()).toMatch(/Forge had everything on green .* now says blue 40 % and green 60 %/u);
    await world.resume(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(share()).toEqual({ blue: 0, green: 100 });
  });

  it('stay when they were moved once more after people were asked', async () => {
    await world.untilStep(bake);
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await question();
    world.platform.moveTraffic(target, { blue: 30, green: 70 });
    await world.resume(1);
    await world.until(async () => /blue 30 %/u.test(await question()));

    expect(share()).toEqual({ blue: 30, green: 70 });
  });

  it('give way to those of Forge and to nothing more while promotion is paused', async () => {
    await world.atStep(`${europe}/shift-100`, () => world.pause(1));
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await question();
    await world.resume(1);
    await world.until(() => isAt(25) || isAt(100));
    await world.clock.advance(20_000);

    expect(share()).toEqual({ blue: 75, green: 25 });
    await world.resume(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('stay where those of Forge would send requests to a colour without a healthy task', async () => {
    await world.untilStep(bake);
    world.platform.sicken(target, 'blue', 0);
    world.platform.moveTraffic(target, { blue: 0, green: 100 });
    await question();
    await world.resume(1);
    const { phase } = await world.untilPhase(1, 'rolling-back');
    await world.clock.advance(20_000);

    expect(phase).toMatchObject({ reason: expect.stringContaining('no task of v1.0.0 is healthy') });
    expect(share()).toEqual({ blue: 0, green: 100 });
    world.platform.sicken(target, 'blue', undefined);
    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  it('need no answer once they are as Forge had them', async () => {
    await world.untilStep(bake);
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await question();
    world.platform.moveTraffic(target, { blue: 75, green: 25 });

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('are noticed before the first shift as well', async () => {
    await world.atStep(`${europe}/arm`, () => world.platform.moveTraffic(target, { blue: 90, green: 10 }));

    expect(await question()).toMatch(/everything on blue \(as it was when this was planned\)/u);
  });

  it('of a dead-man switch that fired count as its own: the deployment is put back and says so', async () => {
    await world.untilStep(bake);
    world.crash();
    await world.clock.advance(60_000);
    world.deadMan.act();
    await world.start();

    const deployment = await world.ended(1);

    expect(world.deadMan.fired).toEqual(['eu-west-1 → blue']);
    expect(deployment.phase).toMatchObject({
      kind: 'rolled-back',
      reason: expect.stringContaining('the dead-man switch moved the traffic of Checkout'),
    });
    expect(await world.eventTypes(1)).toContain('switch-fired');
  });

  it('of a dead-man switch that fired in the middle of a move are not written over by that move', async () => {
    await world.atStep(`${europe}/shift-100`, () =>
      world.platform.break({ method: 'setTraffic', kind: 'unavailable' }),
    );
    await world.until(async () => (await world.deployment(1)).traffic[europe]?.split.green === 100);
    world.crash();
    await world.clock.advance(60_000);
    world.deadMan.act();
    world.platform.mend();
    const from = world.platform.changes.length;
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({
      kind: 'rolled-back',
      reason: expect.stringContaining('the dead-man switch moved the traffic of Checkout'),
    });
    expect(world.platform.changes.slice(from).filter((line) => line.includes('rule 1'))).toEqual([]);
    expect(await world.store.traffic(target)).toMatchObject({
      split: { blue: 100, green: 0 },
      confirmedAt: expect.any(Number),
    });
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  it('of another deployment that intended after it end the forward way', async () => {
    await world.untilStep(bake);
    const record = await world.store.traffic(target);
    await world.store.commit([
      {
        kind: 'intend-traffic',
        ...{ target, split: { blue: 75, green: 25 }, before: { blue: 75, green: 25 }, deployment: 2 },
        expectGeneration: record?.generation ?? 0,
      },
    ]);

    const deployment = await world.until(async () => {
      const state = await world.deployment(1);
      return state.phase.kind !== 'running' && state;
    });

    expect(deployment.phase.kind).not.toBe('succeeded');
    expect(isAt(100)).toBe(false);
  });
});
