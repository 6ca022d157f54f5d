import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, quickly, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

const bake = `${europe}/bake-25`;

describe('the gates of a release that takes traffic', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    // Waiting costs a look every second; none of it decides anything here.
    world = createColouredWorld({
      timing: { ...quickly, evidenceWithin: 20_000, questionWithin: 40_000 },
    });
    await world.start();
    await world.begin();
  });
  afterEach(() => world.close());

  const share = () => world.platform.splits(target)[0];
  const heldQuestion = async () => {
    const { phase } = await world.untilPhase(1, 'held');
    return phase.kind === 'held' ? phase.question : '';
  };

  it('put it back when it fails too many requests for too long', async () => {
    await world.untilStep(bake);
    world.metrics.conduct('green', { errors: 0.06 });

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'rolled-back' });
    expect(deployment.phase).toHaveProperty('reason', expect.stringContaining('%'));
    expect(share()).toEqual({ blue: 100, green: 0 });
    expect(deployment.steps[`${europe}/shift-100`]).toBeUndefined();
  });

  it('do not hold against it that the old one answers the public until all of the load balancer knows', async () => {
    world.crash();
    await world.close();
    world = createColouredWorld({ timing: { ...quickly, settle: 8_000 } });
    world.smoke.colour('green', { kind: 'passed' });
    world.smoke.colour('blue', { kind: 'passed' });
    await world.start();
    await world.begin();
    await world.atStep(`${europe}/shift-100`, () =>
      world.smoke.always({ kind: 'failed', reason: 'v1.0.0 answered' }),
    );
    await world.untilStep(`${europe}/bake-100`);
    await world.clock.advance(6_000);
    world.smoke.always({ kind: 'passed' });

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('are not begun before it is known how the old one did', async () => {
    await world.atStep(`${europe}/arm`, () => world.metrics.break('unavailable'));

    expect(await heldQuestion()).toMatch(/^AWS does not answer for Checkout/u);
    expect(share()).toEqual({ blue: 100, green: 0 });
    world.metrics.mend();

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('put it back at once when it stops to answer the probe', async () => {
    await world.untilStep(bake);
    const began = world.clock.now();
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });

    await world.untilPhase(1, 'rolling-back');

    expect(world.clock.now() - began).toBeLessThan(6_000);
  });

  it('put it back when it has no healthy task any more', async () => {
    await world.untilStep(bake);
    world.platform.sicken(target, 'green', 0);

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'rolled-back' });
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  it('watch for as long again when a target does not hold at the end, and put it back when it still does not', async () => {
    await world.untilStep(bake);
    world.metrics.conduct('green', { p95: 600, p99: 700 });

    const deployment = await world.ended(1);

    const step = deployment.steps[bake];
    expect(deployment.phase).toMatchObject({ kind: 'rolled-back' });
    expect(step?.kind === 'failed' && step.endedAt - step.startedAt).toBeGreaterThan(40_000);
    expect(step).toHaveProperty('reason', expect.stringContaining('600 ms'));
  });

  it('let it go on when the target holds after all', async () => {
    await world.untilStep(bake);
    world.metrics.conduct('green', { p95: 600, p99: 700 });
    await world.clock.advance(21_000);
    world.metrics.conduct('green', {});

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
  });

  it('wait where requests are too few to tell, then ask people', async () => {
    world.metrics.conduct('green', { requests: 1 });
    await world.untilStep(bake);
    const waits = await world.until(async () => (await world.deployment(1)).gates[europe]?.waits);

    expect(waits).toMatch(/requests.* If that lasts, people are asked at \d\d:\d\d UTC\.$/u);
    expect(await heldQuestion()).toMatch(/waits at 25 %: .*requests/u);
    expect(share()).toEqual({ blue: 75, green: 25 });

    await world.resume(1);
    await world.untilStep(`${europe}/bake-100`);
    expect(share()).toEqual({ blue: 0, green: 100 });
  });

  it('close the question by themselves when there are requests enough', async () => {
    world.metrics.conduct('green', { requests: 1 });
    await heldQuestion();
    world.metrics.conduct('green', {});

    await world.untilStep(`${europe}/bake-100`);

    expect(await world.eventTypes(1)).toContain('resumed');
  });

  it('put it back when nobody answers in time', async () => {
    world.metrics.conduct('green', { requests: 1 });
    await heldQuestion();

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'aborted' });
    expect(await world.eventTypes(1)).toContain('reminded');
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  it('stay on while people are asked', async () => {
    world.metrics.conduct('green', { requests: 1 });
    await heldQuestion();
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'rolled-back' });
  });

  it('wait while both colours are slow, and go on when that is over', async () => {
    await world.untilStep(bake);
    world.metrics.conduct('green', { p99: 1_500, p95: 1_200 });
    world.metrics.conduct('blue', { p99: 1_500, p95: 1_200 });
    await world.clock.advance(40_000);
    const during = await world.deployment(1);
    world.metrics.conduct('green', {});
    world.metrics.conduct('blue', {});

    const deployment = await world.ended(1);

    expect(during.gates[europe]?.waits).toBeDefined();
    expect(during.steps[bake]?.kind).toBe('running');
    expect(deployment.phase.kind).toBe('succeeded');
  });

  it.each(['unavailable', 'refused', 'hang'] as const)(
    'never pass without measurements: CloudWatch %s',
    async (fault) => {
      await world.untilStep(bake);
      world.metrics.break(fault);

      expect(await heldQuestion()).toMatch(/CloudWatch/u);
      expect((await world.deployment(1)).gates[europe]?.gates.map(({ kind }) => kind)).toContain('error');
      world.metrics.mend();

      expect((await world.ended(1)).phase.kind).toBe('succeeded');
    },
  );

  it('ask people when the load balancer does not answer, and go on when it does', async () => {
    await world.untilStep(bake);
    world.platform.break({ method: 'traffic', kind: 'unavailable' });

    expect(await heldQuestion()).toMatch(/load balancer does not answer/u);
    world.platform.mend();

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('never send traffic back to a colour that has no healthy task', async () => {
    await world.untilStep(bake);
    world.platform.sicken(target, 'blue', 0);

    expect(await heldQuestion()).toMatch(/No task of the release that was live is healthy/u);
    await world.resume(1);
    await world.untilStep(`${europe}/bake-100`);

    expect(share()).toEqual({ blue: 0, green: 100 });
  });

  it('halt even when the release is bad too', async () => {
    await world.untilStep(bake);
    world.platform.sicken(target, 'blue', 0);
    world.metrics.conduct('green', { errors: 0.3 });

    expect(await heldQuestion()).toMatch(/No task of the release that was live is healthy/u);
    expect(share()).toEqual({ blue: 75, green: 25 });
  });
});
