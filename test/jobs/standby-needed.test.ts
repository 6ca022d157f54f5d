import { afterEach, describe, expect, it } from 'vitest';
import { europe } from './shop.ts';
import { createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

const MINUTE = 60_000;
const { signal } = new AbortController();

describe('a standby whose time is over', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  const standby = async () => (await world.deployment(1)).standby[europe];
  const isEnded = async () => (await standby())?.endedAt !== undefined;
  const isKeptLonger = async (until: number) => ((await standby())?.until ?? 0) > until;

  /** v1.1.0 is live on green; v1.0.0 is kept warm on blue for so long, and gets no requests. */
  async function kept(options: Parameters<typeof createReturningWorld>[0] = {}): Promise<number> {
    world = createReturningWorld({ standby: MINUTE, ...options });
    await world.start();
    await world.deployed('v1.1.0');
    world.metrics.conduct('blue', { requests: 0 });
    return (await standby())?.until ?? 0;
  }

  it('keeps its tasks while somebody sends a part of the traffic there', async () => {
    const until = await kept();
    world.platform.moveTraffic(inEurope, { blue: 10, green: 90 });
    await world.until(() => isKeptLonger(until));
    const meanwhile = world.desired('blue');
    world.platform.moveTraffic(inEurope, { blue: 0, green: 100 });
    await world.until(isEnded);

    expect(meanwhile).toBe(2);
    expect(world.platform.outages).toEqual([]);
  }, 60_000);

  it('keeps its tasks for as long as a part of the load balancer may go by old weights', async () => {
    world = createReturningWorld({ standby: 1_000, steps: [{ weight: 100, bake: 1_000 }] });
    await world.start();
    await world.ask('v1.1.0');
    world.metrics.conduct('blue', { requests: 0 });
    await world.ended(1);
    const { confirmedAt = 0 } = (await world.store.traffic(inEurope)) ?? {};
    await world.until(isEnded);

    expect(world.clock.now() - confirmedAt).toBeGreaterThanOrEqual(8 * world.policy.timing.settle);
  });

  it('is not called quiet by minutes that are not measured yet', async () => {
    const until = await kept();
    world.metrics.lag = world.policy.timing.metricDelay - world.policy.timing.metricPeriod;
    world.metrics.conduct('blue', { requests: 1 });
    await world.until(() => isKeptLonger(until));

    expect(world.desired('blue')).toBe(2);
    expect(await isEnded()).toBe(false);
  });

  it('began with auto scaling that takes no task from it, and takes and gives as it likes to the live one', async () => {
    world = createReturningWorld();
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
    const during = { ...autoscaling() };
    await world.platform.autoscaling(inEurope, { on: 'blue', mode: 'normal' }, { signal });
    await world.ended(1);

    expect(during).toEqual({ blue: 'keep', green: 'keep' });
    expect(autoscaling()).toEqual({ blue: 'keep', green: 'normal' });
  });

  const autoscaling = () => ({
    blue: world.platform.colour(inEurope, 'blue').autoscaling,
    green: world.platform.colour(inEurope, 'green').autoscaling,
  });

  it('is none any more when its deployment is stopped at the last moment', async () => {
    world = createReturningWorld();
    await world.start();
    const stopped = world.upon({ type: 'standby-kept' }, () => world.abort(1));
    await world.ask('v1.1.0');
    await world.ended(1);
    await stopped;

    expect(await standby()).toMatchObject({ reason: 'it has the traffic again' });
  });
});
