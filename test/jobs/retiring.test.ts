import { afterEach, describe, expect, it } from 'vitest';
import { europe } from './shop.ts';
import { allBlue, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

const MINUTE = 60_000;

describe('the colour that lost its traffic', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  it('keeps its tasks until the other one has been watched', async () => {
    world = createReturningWorld({ steps: [{ weight: 100, bake: MINUTE }], watch: 2 * MINUTE });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
    await world.abort(1);
    await world.until(() => JSON.stringify(world.splits()) === JSON.stringify([[allBlue]]));
    const moved = world.clock.now();
    await world.until(() => world.desired('green') === 0);

    expect(world.clock.now() - moved).toBeGreaterThanOrEqual(2 * MINUTE);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('keeps them until the dead-man switch is read as gone, though AWS took the order to remove it', async () => {
    world = createReturningWorld({ steps: [{ weight: 100, bake: MINUTE }] });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
    world.deadMan.expectLate();
    await world.abort(1);
    await world.clock.advance(2 * MINUTE);
    const meanwhile = { splits: world.splits(), green: world.desired('green') };
    world.deadMan.mend();
    const deployment = await world.ended(1);

    expect(meanwhile).toEqual({ splits: [[allBlue]], green: 2 });
    expect(deployment.phase.kind).toBe('aborted');
    expect(deployment.switches[europe]).toEqual({ kind: 'disarmed' });
    expect(world.desired('green')).toBe(0);
  });

  it('keeps them while somebody sends requests there again, and as long after that as old weights last', async () => {
    world = createReturningWorld({ watch: 1_000 });
    await world.start();
    await world.deployed('v1.1.0');
    await world.undo(1);
    await world.untilStep(2, 'eu-west-1/retire');
    world.platform.moveTraffic(inEurope, { blue: 90, green: 10 });
    const trouble = await world.until(async () => (await world.deployment(2)).trouble);
    const meanwhile = world.desired('green');
    world.platform.moveTraffic(inEurope, allBlue);
    const moved = world.clock.now();
    await world.until(() => world.desired('green') === 0);

    expect(trouble).toContain('green in eu-west-1 still gets traffic, so its tasks stay');
    expect(meanwhile).toBe(2);
    expect(world.clock.now() - moved).toBeGreaterThanOrEqual(8 * world.policy.timing.settle);
    expect(world.platform.outages).toEqual([]);
  });

  it('keeps them for as long where it was a person who moved all traffic to the other one', async () => {
    world = createReturningWorld({ watch: 1_000 });
    await world.start();
    await world.deployed('v1.1.0');
    await world.undo(1);
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    const trouble = await world.until(async () => (await world.deployment(2)).trouble);
    world.platform.moveTraffic(inEurope, allBlue);
    const moved = world.clock.now();
    await world.until(() => world.desired('green') === 0);

    expect(trouble).toContain('blue 30 % and green 70 %');
    expect(world.clock.now() - moved).toBeGreaterThanOrEqual(8 * world.policy.timing.settle);
    expect((await world.ended(2)).phase.kind).toBe('succeeded');
  });
});
