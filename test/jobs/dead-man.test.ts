import { afterEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import type { DeadManPolicy } from '../../src/domain/policy.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { type ColouredWorld, createColouredWorld, quickly, target } from './coloured-shop.ts';
import { person } from './forge-world.ts';
import { europe } from './shop.ts';

const bake = `${europe}/bake-25`;
const role = 'arn:aws:iam::123456789012:role/forge-switch';

describe('the dead-man switch', () => {
  let world: ColouredWorld;

  async function begin(otherwise: DeadManPolicy['otherwise'] = 'ask', rules = 1): Promise<void> {
    world = createColouredWorld({ rules, environment: { deadMan: { after: 30_000, role, otherwise } } });
    await world.start();
    await world.begin();
  }
  afterEach(() => world.close());

  /** The scheduler was silent for as long as the switch waits, and answers again just then. */
  async function firesRightBeforeItIsPutOff(): Promise<void> {
    world.deadMan.break('extend', 'unavailable');
    const due = world.deadMan.due(target)?.at ?? 0;
    await world.until(async () => world.clock.now() >= due, { step: 100 });
    world.deadMan.mend();
  }

  const stateOf = async () => (await world.deployment(1)).switches[europe];

  it('is armed before any traffic moves, and gone before the deployment succeeds', async () => {
    await begin();
    let during: ReturnType<typeof world.deadMan.due>;
    await world.atStep(`${europe}/shift-25`, () => {
      during = world.deadMan.due(target);
    });
    await world.ended(1);

    expect(during).toMatchObject({ to: 'blue' });
    expect(world.deadMan.due(target)).toBeUndefined();
    expect(world.deadMan.fired).toEqual([]);
    expect(await stateOf()).toEqual({ kind: 'disarmed' });
  });

  it('is put off for as long as Forge lives, also while the deployment is paused', async () => {
    await begin();
    await world.untilStep(bake);
    await world.pause(1);
    await world.clock.advance(100_000);
    world.deadMan.act();

    expect(world.deadMan.fired).toEqual([]);
    expect(world.deadMan.calls.filter((call) => call === 'arm')).toHaveLength(1);
  });

  it('that cannot be armed is asked about, and a person may go on without', async () => {
    await begin();
    world.deadMan.break('arm', 'refused');
    const { phase } = await world.untilPhase(1, 'held');

    expect(phase).toMatchObject({
      question: 'The dead-man switch of Checkout in eu-west-1 cannot be armed: The scheduler refuses arm.',
    });
    expect(await stateOf()).toMatchObject({ kind: 'not-armed' });
    await world.resume(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('that cannot be armed holds nothing up where the policy says so', async () => {
    await begin('go on');
    world.deadMan.break('arm', 'unavailable');

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(await world.eventTypes(1)).not.toContain('held');
  });

  it('about which AWS says nothing at all is asked about like one that it does not let be set', async () => {
    await begin();
    world.deadMan.arm = (_target, _request, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const { phase } = await world.untilPhase(1, 'held');

    expect(phase).toMatchObject({
      question: expect.stringContaining('cannot be armed: AWS does not answer'),
    });
    expect(world.platform.splits(target)).toEqual([{ blue: 100, green: 0 }]);
  });

  it('that only some rules have is not armed', async () => {
    await begin('go on');
    world.deadMan.losePart();
    await world.untilStep(bake);

    expect(await stateOf()).toMatchObject({ kind: 'not-armed' });
  });

  it('is never armed towards a colour without a healthy task', async () => {
    await begin();
    await world.atStep(`${europe}/arm`, () => world.platform.sicken(target, 'blue', 0));
    await world.untilPhase(1, 'held');

    expect(world.deadMan.calls).not.toContain('arm');
    expect(await stateOf()).toEqual({ kind: 'not-armed', reason: 'no task of v1.0.0 is healthy' });
  });

  it('is taken away when the colour it returns to has no healthy task, and armed again when it has', async () => {
    await begin();
    await world.untilStep(bake);
    world.platform.sicken(target, 'blue', 0);
    await world.until(() => world.deadMan.due(target) === undefined);
    await world.until(async () => (await stateOf())?.kind === 'not-armed');
    world.platform.sicken(target, 'blue', undefined);

    await world.until(() => world.deadMan.due(target) !== undefined);
    await world.until(async () => (await stateOf())?.kind === 'armed');
  });

  it('is taken away then also while nothing is watched, since AWS does not answer', async () => {
    await begin();
    await world.atStep(`${europe}/shift-100`, () =>
      world.platform.break({ method: 'setTraffic', kind: 'unavailable' }),
    );
    await world.untilPhase(1, 'held');
    world.platform.sicken(target, 'blue', 0);

    await world.until(() => world.deadMan.due(target) === undefined);
    await world.until(async () => (await stateOf())?.kind === 'not-armed');
    expect(world.deadMan.fired).toEqual([]);
  });

  it.each(['Forge lives', 'Forge dies right after it'])(
    'moves nothing any more once a person has taken over, and %s',
    async (fate) => {
      await begin();
      await world.untilStep(bake);
      const byHand = { blue: 40, green: 60 };
      const moved = world.upon({ type: 'restoring' }, () => world.platform.moveTraffic(target, byHand));
      world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });
      await world.until(async () => (await world.deployment(1)).phase.kind === 'rolling-back');
      await moved;
      await world.until(async () => isBlocked(await world.deployment(1)));
      await takeOver({ deployment: 1 }, person(), world.store);
      if (fate !== 'Forge lives') {
        world.crash();
        await world.start();
      }
      await world.clock.advance(120_000);
      world.deadMan.act();

      expect(world.deadMan.fired).toEqual([]);
      expect(world.deadMan.due(target)).toBeUndefined();
      expect(world.platform.splits(target)).toEqual([byHand]);
      expect(await stateOf()).toEqual({ kind: 'disarmed' });
      expect((await world.deployment(1)).phase.kind).toBe('left');
    },
  );

  it('never acts while Forge lives, though AWS does not let it be put off', async () => {
    await begin();
    await world.untilStep(bake);
    await world.pause(1);
    world.deadMan.break('extend', 'refused');
    world.deadMan.break('arm', 'refused');
    await world.clock.advance(100_000);
    world.deadMan.act();

    expect(world.deadMan.fired).toEqual([]);
    expect(await stateOf()).toEqual({
      kind: 'not-armed',
      reason: 'AWS refuses: The scheduler refuses extend.',
    });
  });

  it('that fires right before it is put off counts as fired, not as somebody else’s weights', async () => {
    await begin();
    await world.untilStep(bake);
    await firesRightBeforeItIsPutOff();

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(await world.eventTypes(1)).toContain('switch-fired');
  });

  it('of several rules counts as fired as soon as it has acted on one of them', async () => {
    await begin('ask', 2);
    await world.untilStep(bake);
    world.deadMan.actOnlyOn(0);
    await firesRightBeforeItIsPutOff();

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(await world.eventTypes(1)).toContain('switch-fired');
  });

  it('that somebody took away is armed again', async () => {
    await begin();
    await world.untilStep(bake);
    world.deadMan.steal(target);
    await world.until(() => world.deadMan.due(target) !== undefined);

    const types = await world.eventTypes(1);
    expect(types.filter((type) => type === 'switch-armed')).toHaveLength(2);
  });

  it('holds up success until it is proven gone', async () => {
    await begin();
    await world.untilStep(`${europe}/bake-100`);
    world.deadMan.break('disarm', 'unavailable');
    const { phase } = await world.untilPhase(1, 'held');
    world.deadMan.mend();

    expect(phase).toMatchObject({ question: expect.stringContaining('AWS does not answer') });
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.deadMan.due(target)).toBeUndefined();
  });

  it('that may still come of a call that was cut is waited for, and only then asked about', async () => {
    await begin();
    await world.untilStep(`${europe}/bake-100`);
    world.deadMan.expectLate();
    await world.untilStep(`${europe}/disarm`);
    const began = world.clock.now();
    const { phase } = await world.untilPhase(1, 'held');

    expect(world.clock.now() - began).toBeGreaterThanOrEqual(quickly.silence);
    expect(phase).toMatchObject({ question: expect.stringContaining('is not proven gone') });
    world.deadMan.mend();
    await world.resume(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('that is proven gone a little later holds nothing up and asks nobody', async () => {
    await begin();
    await world.untilStep(`${europe}/bake-100`);
    world.deadMan.expectLate();
    await world.untilStep(`${europe}/disarm`);
    await world.clock.advance(quickly.silence / 2);
    world.deadMan.mend();

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(await world.eventTypes(1)).not.toContain('held');
  });

  it('is gone after the deployment was put back', async () => {
    await begin();
    await world.untilStep(bake);
    await world.abort(1);
    await world.ended(1);

    expect(world.deadMan.due(target)).toBeUndefined();
  });
});
