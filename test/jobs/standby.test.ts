import { afterEach, describe, expect, it } from 'vitest';
import { europe } from './shop.ts';
import { allBlue, allGreen, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

const minute = 60_000;

describe('a standby', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  /** v1.1.0 is live on green; v1.0.0 is kept warm on blue for a minute. */
  async function kept(): Promise<void> {
    world = createReturningWorld({ standby: minute });
    await world.start();
    const deployment = await world.deployed('v1.1.0');
    expect(deployment.phase.kind).toBe('succeeded');
    world.metrics.conduct('blue', { requests: 0 });
  }

  const standby = async () => (await world.deployment(1)).standby[europe];
  const isEnded = async () => (await standby())?.endedAt !== undefined;

  it('keeps its tasks until its time is over, and is then scaled to 0', async () => {
    await kept();
    const { until = 0 } = (await standby()) ?? {};
    const meanwhile = {
      desired: world.desired('blue'),
      autoscaling: world.platform.colour(inEurope, 'blue').autoscaling,
    };
    await world.until(isEnded);

    const { endedAt = 0, reason } = (await standby()) ?? {};
    expect(meanwhile).toEqual({ desired: 2, autoscaling: 'keep' });
    expect(endedAt).toBeGreaterThanOrEqual(until);
    expect(reason).toBeUndefined();
    expect(world.platform.colour(inEurope, 'blue')).toMatchObject({ desired: 0, autoscaling: 'off' });
    expect(world.platform.outages).toEqual([]);
  });

  it('is kept longer while requests still reach it', async () => {
    await kept();
    world.metrics.conduct('blue', { requests: 1 });
    const first = (await standby())?.until ?? 0;
    await world.until(async () => ((await standby())?.until ?? 0) > first);
    const meanwhile = world.desired('blue');
    world.metrics.conduct('blue', { requests: 0 });
    await world.until(isEnded);

    expect(meanwhile).toBe(2);
    expect(world.desired('blue')).toBe(0);
  });

  it.each(['autoscaling', 'scale'] as const)(
    'promises nothing more while AWS does not answer %s, and is scaled to 0 when it does',
    async (method) => {
      await kept();
      world.platform.break({ method, kind: 'unavailable' });
      await world.until(isEnded);
      const meanwhile = world.desired('blue');
      world.platform.mend();

      await world.until(() => world.desired('blue') === 0);
      expect(meanwhile).toBe(2);
      expect(world.platform.colour(inEurope, 'blue').autoscaling).toBe('off');
    },
  );

  it('leaves the tasks to whoever uses the colour when AWS answers again', async () => {
    await kept();
    world.platform.break({ method: 'scale', kind: 'unavailable' });
    await world.until(isEnded);
    world.platform.mend();
    const next = await world.deployed('v1.2.0');
    await world.clock.advance(30 * minute);

    expect(next.phase.kind).toBe('succeeded');
    expect(world.desired('blue')).toBe(2);
    expect(world.platform.outages).toEqual([]);
  });

  it('is kept longer while AWS does not answer', async () => {
    await kept();
    world.platform.break({ method: 'traffic', kind: 'unavailable' });
    const first = (await standby())?.until ?? 0;
    await world.until(async () => ((await standby())?.until ?? 0) > first);
    world.platform.mend();

    await world.until(isEnded);

    expect(world.desired('blue')).toBe(0);
  });

  it('is kept while a dead-man switch may still send traffic there', async () => {
    await kept();
    await world.deadMan.arm(
      inEurope,
      { to: 'blue', at: world.clock.now() + 60 * minute },
      { signal: new AbortController().signal },
    );
    const first = (await standby())?.until ?? 0;
    await world.until(async () => ((await standby())?.until ?? 0) > first);

    expect(world.desired('blue')).toBe(2);
  });

  it('is no standby any more where somebody else sent the traffic there: nothing is scaled down', async () => {
    await kept();
    world.platform.moveTraffic(inEurope, allBlue);
    await world.until(isEnded);

    expect((await standby())?.reason).toBe('somebody else sent the traffic there');
    expect(world.desired('blue')).toBe(2);
    expect(world.platform.outages).toEqual([]);
  });

  it('ends when the next deployment uses its colour', async () => {
    await kept();
    const next = await world.deployed('v1.2.0');

    expect(next.phase.kind).toBe('succeeded');
    expect(await standby()).toMatchObject({ reason: 'used by #2' });
    expect(world.splits()).toEqual([[allBlue]]);
    await world.clock.advance(10 * minute);
    expect(world.platform.outages).toEqual([]);
  });

  it('is not scaled down once a rollback needs it', async () => {
    await kept();
    await world.clock.advance(minute - 30_000);
    const rollback = await world.undone(1);
    await world.clock.advance(20 * minute);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
    expect(world.desired('blue')).toBe(2);
    expect(await standby()).toMatchObject({ reason: 'used by #2' });
    expect(world.platform.outages).toEqual([]);
  });

  it('goes on being ended in time after a rollback that came to nothing', async () => {
    await kept();
    await world.undo(1);
    await world.untilStep(2, 'eu-west-1/watch');
    await world.abort(2);
    const rollback = await world.ended(2);
    await world.until(isEnded);

    expect(rollback.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allGreen]]);
    expect(world.desired('blue')).toBe(0);
    expect(world.platform.outages).toEqual([]);
  });

  it('ends once, however often its process dies on the way', async () => {
    const isGone = async () => world.desired('blue') === 0 && (await isEnded());
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      await kept();
      world.crash();
      const life = await world.start({ call, side: call % 2 === 0 ? 'after' : 'before' });
      await world.until(async () => life.isOver || (await isGone()));
      hasDied = life.isOver;
      if (hasDied) {
        deaths += 1;
        world.crash();
        await world.start();
        await world.until(isGone);
      }
      const ends = (await world.store.events(1)).filter(({ event }) => event.type === 'standby-ended');
      expect(ends).toHaveLength(1);
      if (hasDied) await world.close();
    }
    expect(deaths).toBeGreaterThan(5);
  }, 120_000);
});
