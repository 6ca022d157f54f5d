import { afterEach, describe, expect, it } from 'vitest';
import { america, europe } from './shop.ts';
import {
  allBlue,
  allGreen,
  createReturningWorld,
  inAmerica,
  inEurope,
  type ReturningWorld,
} from './two-regions.ts';

describe('putting back in colours', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  async function baking(options: Parameters<typeof createReturningWorld>[0] = {}): Promise<void> {
    world = createReturningWorld({ steps: [{ weight: 100, bake: 20_000 }], ...options });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
  }

  const events = async () => (await world.store.events(1)).map(({ event }) => event);
  const types = async () => (await events()).map(({ type }) => type);

  it('moves traffic, proves it, watches it, and only then scales the release down', async () => {
    await baking();
    const from = world.platform.changes.length;
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
    expect([world.desired('blue'), world.desired('green')]).toEqual([2, 0]);
    expect(world.platform.changes.slice(from).map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'rule 1: blue 100 green 0',
      'green autoscaling off',
      'green × 0',
      'blue autoscaling normal',
    ]);
    expect(deployment.switches[europe]).toEqual({ kind: 'disarmed' });
    expect(world.deadMan.due(inEurope)).toBeUndefined();
    expect(world.platform.outages).toEqual([]);
  });

  it('leaves the release its tasks until all of the load balancer knows, however short traffic is watched', async () => {
    world = createReturningWorld({ steps: [{ weight: 100, bake: 600_000 }], watch: 1_000 });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
    await world.abort(1);
    await world.until(() => JSON.stringify(world.splits()) === JSON.stringify([[allBlue]]));
    const moved = world.clock.now();
    await world.until(() => world.desired('green') === 0);

    expect(world.clock.now() - moved).toBeGreaterThanOrEqual(8 * world.policy.timing.settle);
    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('leaves it its tasks for as long when a person moved its traffic away by hand', async () => {
    await baking();
    await world.abort(1);
    await world.until(async () => (await types()).includes('restore-progressed'));
    world.platform.moveTraffic(inEurope, { blue: 70, green: 30 });
    await world.until(async () => (await types()).includes('restore-blocked'));
    await world.clock.advance(60_000);
    world.platform.moveTraffic(inEurope, allBlue);
    const moved = world.clock.now();
    await world.until(() => world.desired('green') === 0);

    expect(world.clock.now() - moved).toBeGreaterThanOrEqual(8 * world.policy.timing.settle);
  });

  it('says what was confirmed and how long after the click', async () => {
    await baking();
    await world.abort(1);

    const deployment = await world.ended(1);

    const { split, took, confirmedAt } = deployment.traffic[europe] ?? {};
    expect({ split, isConfirmed: confirmedAt !== undefined }).toEqual({ split: allBlue, isConfirmed: true });
    expect(took).toBeLessThan(1_000);
    expect(deployment.restores[europe]).toEqual({
      kind: 'restored',
      detail:
        '0 % on v1.1.0, confirmed after 0.0 s; all traffic is on v1.0.0 (blue); the public address answered as expected 3 times in a row; nothing unusual in 10 seconds',
    });
  });

  it('needs one round of reads and one of writes before traffic moves', async () => {
    await baking();
    await world.clock.advance(700);
    const from = world.platform.calls.length;
    const moved = world.until(() => world.called(from).includes('setTraffic'));
    await world.abort(1);
    await moved;

    const before = world.called(from).slice(0, world.called(from).indexOf('setTraffic'));

    // Side by side: one round of reads.
    expect(before.toSorted()).toEqual(['tasks', 'traffic']);
  });

  it('of a release that never had traffic moves none and waits for nothing', async () => {
    world = createReturningWorld();
    await world.start();
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });

    const deployment = await world.deployed('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'exited with 1' });
    expect(deployment.restores[europe]).toEqual({
      kind: 'restored',
      detail: 'all traffic is on v1.0.0 (blue)',
    });
    expect(await types()).not.toContain('traffic-intended');
    expect(world.desired('green')).toBe(0);
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('goes on after a write whose answer was lost', async () => {
    await baking();
    world.platform.break({ method: 'setTraffic', kind: 'unavailable-after', times: 1 });
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('sets the weights again when the write of a shift that was cut short arrives after it', async () => {
    world = createReturningWorld({
      steps: [
        { weight: 50, bake: 2_000 },
        { weight: 100, bake: 600_000 },
      ],
    });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-50');
    world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
    await world.until(async () => (await world.deployment(1)).traffic[europe]?.split.green === 100);
    await world.abort(1);
    world.platform.mend();
    await world.until(async () => (await world.deployment(1)).traffic[europe]?.took !== undefined);
    world.platform.moveTraffic(inEurope, allGreen);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('sets the weights again when a late write of the deployment arrives after it', async () => {
    world = createReturningWorld({
      steps: [
        { weight: 50, bake: 600_000 },
        { weight: 100, bake: 10_000 },
      ],
    });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-50');
    await world.abort(1);
    await world.until(
      async () =>
        (await types()).includes('traffic-confirmed') &&
        world.splits()[0]?.[0] !== undefined &&
        (await world.deployment(1)).traffic[europe]?.took !== undefined,
    );
    world.platform.moveTraffic(inEurope, { blue: 50, green: 50 });

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('in one region waits for no other', async () => {
    await baking({ regions: [america, europe] });
    world.platform.break({ method: 'traffic', kind: 'unavailable', region: america });
    await world.abort(1);

    const meanwhile = await world.until(async () => {
      const state = await world.deployment(1);
      return state.restores[europe]?.kind === 'restored' && state;
    });
    await world.until(async () => (await world.deployment(1)).restores[america]?.kind === 'blocked');
    world.platform.mend();
    const deployment = await world.ended(1);

    expect(meanwhile.restores[america]?.kind).not.toBe('restored');
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    expect(world.platform.outages).toEqual([]);
  });

  it('keeps traffic where it is while the old colour has no healthy target, calls people, and moves it when it has', async () => {
    await baking();
    world.platform.sicken(inEurope, 'blue', 0);
    await world.abort(1);
    const blocked = await world.until(async () => {
      const state = (await world.deployment(1)).restores[europe];
      return state?.kind === 'blocked' && state;
    });
    const meanwhile = world.splits();
    world.platform.sicken(inEurope, 'blue', undefined);

    const deployment = await world.ended(1);

    expect(blocked.reason).toContain('has no healthy task with v1.0.0 (blue), so traffic stays where it is');
    expect(meanwhile).toEqual([[allGreen]]);
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
    expect(world.platform.outages).toEqual([]);
  });

  it('moves traffic to the larger colour and calls people when neither is whole', async () => {
    await baking({ desired: 8 });
    world.platform.sicken(inEurope, 'blue', 3);
    world.platform.sicken(inEurope, 'green', 1);
    await world.abort(1);

    const blocked = await world.until(async () => {
      const state = (await world.deployment(1)).restores[europe];
      return state?.kind === 'blocked' && state;
    });

    expect(blocked.reason).toContain('the larger one takes all traffic');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('trusts no task that is being taken away, however healthy the load balancer finds it', async () => {
    await baking();
    await world.platform.scale(
      inEurope,
      { on: 'blue', desired: 0 },
      { signal: new AbortController().signal },
    );
    const { traffic } = world.platform;
    world.platform.traffic = async (...asked) => {
      const { targets, ...seen } = await traffic.apply(world.platform, asked);
      return { ...seen, targets: { ...targets, blue: { healthy: 2, registered: 2 } } };
    };
    const from = world.platform.calls.length;
    await world.abort(1);

    const deployment = await world.ended(1);
    const calls = world.called(from);

    expect(deployment.phase.kind).toBe('aborted');
    expect(calls.indexOf('restore')).toBeGreaterThan(-1);
    expect(calls.indexOf('restore')).toBeLessThan(calls.indexOf('setTraffic'));
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('moves traffic back without a word from ECS', async () => {
    await baking();
    world.platform.break({ method: 'tasks', kind: 'unavailable' });
    await world.abort(1);

    await world.until(() => JSON.stringify(world.splits()) === JSON.stringify([[allBlue]]));
    world.platform.mend();

    expect((await world.ended(1)).phase.kind).toBe('aborted');
  });

  it('gets more tasks first when the old colour is too small and the other is whole', async () => {
    await baking({ desired: 4 });
    world.platform.sicken(inEurope, 'blue', 1);
    await world.abort(1);
    await world.until(async () => (await world.deployment(1)).restores[europe]?.kind === 'running');
    const meanwhile = world.splits();
    world.platform.sicken(inEurope, 'blue', undefined);

    const deployment = await world.ended(1);

    expect(meanwhile).toEqual([[allGreen]]);
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('never overrides weights that somebody else set, and goes on when they are where they should be', async () => {
    await baking();
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    await world.abort(1);
    const blocked = await world.until(async () => {
      const state = (await world.deployment(1)).restores[europe];
      return state?.kind === 'blocked' && state;
    });
    await world.clock.advance(120_000);
    const meanwhile = world.splits();
    world.platform.moveTraffic(inEurope, allBlue);

    const deployment = await world.ended(1);

    expect(blocked.reason).toMatch(
      /^Somebody else moved the traffic of Checkout in eu-west-1: Forge had everything on green \(last confirmed at .+ UTC\), and the load balancer now says blue 30 % and green 70 %\. Blue is v1\.0\.0\. Forge does not override that\./u,
    );
    expect(meanwhile).toEqual([[{ blue: 30, green: 70 }]]);
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.desired('green')).toBe(0);
  });

  it('says that the public address does not answer as expected, and leaves the old release live', async () => {
    await baking();
    world.smoke.always({ kind: 'failed', reason: 'GET /health answered 500' });
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    const restored = deployment.restores[europe];
    expect(restored?.kind === 'restored' && restored.detail).toContain(
      'its public address does not answer as expected: GET /health answered 500',
    );
    expect(await types()).toContain('restore-blocked');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('scales nothing down before the dead-man switch is proven gone', async () => {
    await baking();
    world.deadMan.break('disarm', 'unavailable');
    await world.abort(1);
    await world.until(async () => (await world.deployment(1)).restores[europe]?.kind === 'blocked');
    const meanwhile = { splits: world.splits(), green: world.desired('green') };
    world.deadMan.mend();

    const deployment = await world.ended(1);

    expect(meanwhile).toEqual({ splits: [[allBlue]], green: 2 });
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.desired('green')).toBe(0);
  });

  it('in both regions at once, when the later one fails', async () => {
    await baking({ regions: [america, europe] });
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    expect(deployment.restores[america]?.kind).toBe('restored');
    expect([world.platform.colour(inAmerica, 'green').desired, world.desired('green')]).toEqual([0, 0]);
  });

  it('overrides weights that people were asked about before they aborted', async () => {
    await baking({ steps: [{ weight: 100, bake: 60_000 }] });
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    const { phase } = await world.untilPhase(1, 'held');
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(phase.kind === 'held' && phase.question).toContain('blue 30 % and green 70 %');
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue]]);
  });
});
