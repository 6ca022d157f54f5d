import { afterEach, describe, expect, it } from 'vitest';
import { ringOverdue } from '../../jobs/ring-overdue.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import { consent, declareEmergency } from '../../src/use-cases/let-start.ts';
import { releaseLock } from '../../src/use-cases/lock.ts';
import { person } from './forge-world.ts';
import { america, europe } from './shop.ts';
import { closed, createTimesWorld, MINUTE, NINE, SECOND, type TimesWorld, unusual } from './times-world.ts';
import { allBlue } from './two-regions.ts';

describe('a deployment that waits before its second region', () => {
  let world: TimesWorld;
  afterEach(() => world.close());

  async function begin(options: Parameters<typeof createTimesWorld>[0] = {}): Promise<void> {
    world = createTimesWorld(options);
    await world.start();
    await world.ask('v1.1.0');
  }

  /** A freeze began after the deployment had, and lasts for twenty minutes. */
  async function frozen(options: Parameters<typeof createTimesWorld>[0] = {}): Promise<string> {
    await begin(options);
    await world.untilStep(1, `${america}/bake-100`);
    const id = await world.freeze(0, 1_200);
    await world.waits(europe);
    return id;
  }

  async function shown() {
    const { plan, startAt } = await world.deployment(1);
    return { deployment: 1, digest: askedAbout(plan, world.policy.version, startAt) };
  }

  const secondRegion = async () => (await world.deployment(1)).steps[`${europe}/start`];

  it.each(['hold', 'roll-back'] as const)(
    'waits there whatever policy says of what is under way: %s',
    async (policy) => {
      await begin({ windows: closed(0, 0, policy) });
      const frozenThen = world.upon({ type: 'step-finished', step: `${america}/standby` }, () =>
        world.freeze(0, 120),
      );
      await world.waits(europe);
      await frozenThen;
      const meanwhile = await secondRegion();

      expect(meanwhile).toBeUndefined();
      expect((await world.ended(1)).phase.kind).toBe('succeeded');
      expect(world.clock.now()).toBeGreaterThan(world.begunAt + 120 * SECOND);
    },
  );

  it('for a lock goes on at once when that is released', async () => {
    await begin();
    await world.untilStep(1, `${america}/bake-100`);
    const placed = await world.lock(1_200);
    const told = await world.waits(europe);
    const lock = placed.kind === 'done' ? placed.lock : { id: '', version: 0 };
    const { id, version } = lock;
    await releaseLock({ seen: { id, version } }, person('U0LENA'), world.adapters);
    await world.clock.advance(2 * SECOND);

    expect(told).toMatchObject({
      for: 'lock',
      why: expect.stringContaining('<@U0LENA> has locked production'),
    });
    expect(await secondRegion()).toBeDefined();
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('waits for nobody where the lock is its own person’s', async () => {
    await begin();
    await world.untilStep(1, `${america}/bake-100`);
    await world.lock(1_200, 'U0MAYA');

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(await world.count('region-waiting')).toBe(0);
  });

  it('is told anew when what it waits for changes', async () => {
    const first = await frozen();
    await world.freeze(0, 1_500, 'the other sale');
    await world.lift(first);
    await world.clock.advance(2 * SECOND);

    const { regionWait } = await world.deployment(1);
    expect(regionWait).toMatchObject({ why: expect.stringContaining('the other sale') });
    expect(await world.count('region-goes-on')).toBe(0);
    expect(await secondRegion()).toBeUndefined();
  });

  it('is put back everywhere when it is aborted', async () => {
    await frozen();
    await world.abort(1);

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    expect(await world.count('region-goes-on')).toBe(0);
  });

  it('stays where it is when it is paused meanwhile and its time comes', async () => {
    const id = await frozen();
    await world.pause(1);
    await world.lift(id);
    await world.clock.advance(30 * SECOND);
    const meanwhile = await secondRegion();
    await world.resume(1);

    expect(meanwhile).toBeUndefined();
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('waits again when its time is over by the end of a pause', async () => {
    await begin();
    await world.untilStep(1, `${america}/bake-100`);
    await world.freeze(0, 120);
    await world.waits(europe);
    await world.pause(1);
    await world.clock.advance(world.begunAt + 130 * SECOND - world.clock.now());
    await world.freeze(131, 1_200);
    await world.clock.advance(10 * SECOND);
    await world.resume(1);
    await world.clock.advance(10 * SECOND);

    expect((await world.deployment(1)).regionWait).toMatchObject({ for: 'freeze', region: europe });
    expect(await secondRegion()).toBeUndefined();
  });

  it('keeps the first region’s old colour warm for at least as long as it promised', async () => {
    const id = await frozen({ standby: MINUTE });
    world.metrics.conduct('blue', { requests: 0 });
    await world.clock.advance(10 * MINUTE);
    const kept = world.desired('blue', america);
    await world.lift(id);
    const { endedAt } = await world.ended(1);
    const ends = await world.until(async () => (await world.deployment(1)).standby[america]?.endedAt);

    expect(kept).toBe(2);
    expect(ends).toBeGreaterThanOrEqual(endedAt ?? Infinity);
  });

  it('for consent goes on at once when somebody consents', async () => {
    await begin({ windows: unusual(NINE + 1, NINE + 20), steps: [{ weight: 100, bake: 60 * SECOND }] });
    const told = await world.waits(europe);
    await consent({ ...(await shown()), why: 'customers wait' }, person('U0LENA'), world.adapters);
    await world.clock.advance(2 * SECOND);

    expect(told).toMatchObject({ for: 'consent', until: world.begunAt + 20 * MINUTE });
    expect(await secondRegion()).toBeDefined();
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('for a freeze goes on at once in an emergency, which is said, and leaves a review due', async () => {
    await frozen();
    const request = { ...(await shown()), why: 'customers cannot pay' };
    await declareEmergency(request, person('U0LENA'), world.adapters);
    await world.clock.advance(2 * SECOND);

    expect(await secondRegion()).toBeDefined();
    const { phase, passedOver, review } = await world.ended(1);
    expect(phase.kind).toBe('succeeded');
    expect(passedOver).toEqual([expect.stringContaining('has frozen everything in production')]);
    expect(review?.due).toBeGreaterThan(world.clock.now());
  });

  it('goes on though its own timer is lost, when the tick finds it overdue', async () => {
    await frozen();
    world.clock.jump(21 * MINUTE);
    await world.clock.advance(5 * SECOND);
    const lost = await secondRegion();
    const rung = await ringOverdue(world);
    await world.clock.advance(2 * SECOND);

    expect(lost).toBeUndefined();
    expect(rung).toBe(1);
    expect(await ringOverdue(world)).toBe(0);
    expect(await secondRegion()).toBeDefined();
  });
});
