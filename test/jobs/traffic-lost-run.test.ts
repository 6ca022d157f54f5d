import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';
import { stick } from './stick.ts';

const bake = `${europe}/bake-25`;

describe('a bake whose run was lost', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    const steps = [
      { weight: 25, bake: 60_000 },
      { weight: 100, bake: 10_000 },
    ];
    world = createColouredWorld({ steps });
    await world.start();
    await world.begin();
    await world.untilStep(bake);
    await world.clock.advance(45_000);
    await stick(world, 'deploy/1');
    await world.start();
    await world.untilPhase(1, 'held');
  });
  afterEach(() => world.close());

  async function progress(): Promise<{ done: number; of: number }> {
    const step = (await world.deployment(1)).steps[bake];
    return (step?.kind === 'running' ? step.progress : undefined) ?? { done: 0, of: 0 };
  }

  it('goes on from where it was', async () => {
    await world.clock.advance(60_000);
    await world.resume(1);
    const resumed = world.clock.now();
    await world.untilStep(`${europe}/bake-100`);

    expect(world.clock.now() - resumed).toBeGreaterThan(10_000);
    expect(world.clock.now() - resumed).toBeLessThan(30_000);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.deadMan.fired).toEqual([]);
  });

  it('is not watched for as long again where that was done already', async () => {
    await world.resume(1);
    world.metrics.conduct('green', { p95: 600, p99: 700 });
    await world.until(async () => (await progress()).of > 60);
    await world.clock.advance(40_000);
    await stick(world, 'deploy/1/2');
    await world.start();
    await world.untilPhase(1, 'held');
    await world.resume(1);
    const resumed = world.clock.now();
    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('rolled-back');
    const step = deployment.steps[bake];
    expect(step?.kind === 'failed' && step.endedAt - resumed).toBeLessThan(40_000);
  });

  it('compares with the minutes before its first shift', async () => {
    const first = (await world.store.events(1)).find(({ event }) => event.type === 'traffic-intended');
    const { length } = world.metrics.calls;
    await world.resume(1);
    await world.until(() => world.metrics.calls.length > length + 1);

    expect(world.metrics.calls[length]?.until).toBeLessThanOrEqual(first?.at ?? 0);
  });

  it('still puts a release back that goes bad', async () => {
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });
    await world.resume(1);

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(world.platform.splits(target)).toEqual([{ blue: 100, green: 0 }]);
  });
});
