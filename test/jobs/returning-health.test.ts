import { afterEach, describe, expect, it } from 'vitest';
import { allBlue, allGreen, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

describe('traffic that returns', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  /** v1.1.0 bakes on green at this weight; v1.0.0 is on blue. */
  async function baking(
    weight = 100,
    options: Parameters<typeof createReturningWorld>[0] = {},
  ): Promise<void> {
    const last = weight === 100 ? [] : [{ weight: 100, bake: 10_000 }];
    world = createReturningWorld({ steps: [{ weight, bake: 60_000 }, ...last], ...options });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, `eu-west-1/bake-${weight}`);
  }

  const isSplit = (split: object) => JSON.stringify(world.splits()) === JSON.stringify([[split]]);
  it('does not wait for a task that is just being replaced', async () => {
    await baking(100, { desired: 4 });
    world.platform.sicken(inEurope, 'blue', 3);
    await world.abort(1);
    const asked = world.clock.now();
    await world.until(() => isSplit(allBlue));

    expect(world.clock.now() - asked).toBeLessThan(2_000);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('waits a second at most for the number of tasks', async () => {
    await baking();
    world.platform.break({ method: 'tasks', kind: 'hang' });
    await world.abort(1);
    const asked = world.clock.now();
    await world.until(() => isSplit(allBlue));
    const took = world.clock.now() - asked;
    world.platform.mend();

    expect(took).toBeLessThan(3_000);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('has people called at once where it would find no healthy task', async () => {
    await baking();
    world.platform.sicken(inEurope, 'blue', 0);
    await world.abort(1);
    const asked = world.clock.now();
    await world.told(1);

    expect(world.clock.now() - asked).toBeLessThan(5_000);
    expect(world.splits()).toEqual([[allGreen]]);
  });

  it('goes to the release that is taken back while that is the larger of two that are not whole, and people are called', async () => {
    await baking(75, { desired: 8 });
    world.platform.sicken(inEurope, 'blue', 1);
    world.platform.sicken(inEurope, 'green', 3);
    await world.abort(1);
    const reason = await world.told(1);
    await world.clock.advance(20_000);
    const meanwhile = world.splits();
    world.platform.sicken(inEurope, 'blue', undefined);

    expect(reason).toContain('the other release has 3: the larger one takes all traffic');
    expect(meanwhile).toEqual([[allGreen]]);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
    // To the release, all of it, and back: a look that finds it where it is to be moves nothing.
    expect((await world.eventTypes(1)).filter((type) => type === 'traffic-intended')).toHaveLength(3);
    expect(world.platform.outages).toEqual([]);
  });

  it('has people called at once also where it is on the larger one already', async () => {
    await baking(100, { desired: 8 });
    world.platform.sicken(inEurope, 'blue', 1);
    world.platform.sicken(inEurope, 'green', 3);
    await world.abort(1);
    const asked = world.clock.now();
    await world.told(1);

    expect(world.clock.now() - asked).toBeLessThan(5_000);
    expect(world.splits()).toEqual([[allGreen]]);
  });

  it('has people called where the release that is back is not well either', async () => {
    await baking(100, { watch: 60_000 });
    await world.abort(1);
    await world.until(() => isSplit(allBlue));
    await world.clock.advance(world.policy.timing.settle);
    world.metrics.conduct('blue', { errors: 0.5 });
    const reason = await world.told(1);

    expect(reason).toMatch(/^v1\.0\.0 is back in eu-west-1 \(blue\) and is not well either: /u);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });
});
