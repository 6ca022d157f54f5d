import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../jobs/engine/engine.ts';
import type { Observation } from '../../jobs/observe/observe.ts';
import { limitsOf } from '../../jobs/steps/limits.ts';
import { moveTraffic } from '../../jobs/steps/move-traffic.ts';
import type { StepRun } from '../../jobs/steps/step-run.ts';
import type { World } from '../../jobs/world.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { type ColouredWorld, createColouredWorld, place, target } from './coloured-shop.ts';
import { europe, releaseOf } from './shop.ts';

const all = { blue: 100, green: 0 };
const half = { blue: 50, green: 50 };

/** What was seen before anything was moved. */
const seen: Observation = {
  seen: {
    at: 0,
    isHeld: false,
    isPaused: false,
    isSkipped: false,
    judgement: { decision: 'go-on-watching' },
    result: { kind: 'passed' },
    traffic: { kind: 'ours' },
  },
  gates: [],
  carried: { probe: [], silence: {} },
  version: 2,
  generation: 0,
  split: all,
};

describe('moving traffic', () => {
  let world: ColouredWorld;

  async function begin(options: { rules?: number } = {}): Promise<void> {
    world = createColouredWorld({ define, ...options });
    await world.start();
    await world.begin();
    await world.atStep(`${europe}/arm`, () => world.pause(1));
    await world.engine().run('move', null, { id: 'move' });
  }
  beforeEach(() => begin());
  afterEach(() => world.close());

  const outcome = () =>
    world.until(async () => {
      const run = await world.engine().get('move');
      return run?.endedAt !== undefined && (run.error ?? run.output);
    });

  /** Between what was seen and the move. */
  async function meanwhile(act: () => unknown): Promise<void> {
    await act();
    await world.engine().signal('move', 'go', { id: 'go', by: 'test' });
  }

  it('notes what Forge wants, moves it, and reads it back', async () => {
    await meanwhile(() => undefined);

    expect(await outcome()).toBe('moved');
    expect(world.platform.splits(target)).toEqual([half]);
    expect(await world.store.traffic(target)).toMatchObject({ split: half, before: all, generation: 1 });
  });

  it('waits until the load balancer says so', async () => {
    await meanwhile(() => world.platform.delayReads(target, 3));

    expect(await outcome()).toBe('moved');
    expect((await world.store.traffic(target))?.confirmedAt).toBeDefined();
  });

  it('writes nothing over weights that somebody else set meanwhile', async () => {
    await meanwhile(() => world.platform.moveTraffic(target, { blue: 30, green: 70 }));

    expect(await outcome()).toBe('foreign');
    expect(world.platform.splits(target)).toEqual([{ blue: 30, green: 70 }]);
  });

  it('gives no traffic to a colour that has no healthy task any more', async () => {
    await meanwhile(() => world.platform.sicken(target, 'green', 0));

    expect(await outcome()).toBe('no task of v1.1.0 is healthy any more, so it gets no traffic.');
    expect(world.platform.splits(target)).toEqual([all]);
  });

  it('stops where another deployment has intended meanwhile', async () => {
    await meanwhile(() =>
      world.store.commit([
        { kind: 'intend-traffic', target, split: all, before: all, deployment: 2, expectGeneration: 0 },
      ]),
    );

    expect(await outcome()).toBe('#2 has moved the traffic of Checkout in eu-west-1 meanwhile.');
    expect(world.platform.splits(target)).toEqual([all]);
  });

  it('stops where another deployment intends right before the load balancer is told', async () => {
    const look = world.platform.traffic.bind(world.platform);
    world.platform.traffic = async (...asked) => {
      await world.store.commit([
        { kind: 'intend-traffic', target, split: all, before: all, deployment: 2, expectGeneration: 1 },
      ]);
      return look(...asked);
    };
    await meanwhile(() => undefined);

    expect(await outcome()).toBe('#2 has moved the traffic of Checkout in eu-west-1 meanwhile.');
    expect(world.platform.splits(target)).toEqual([all]);
  });

  it('is not done before every rule says so', async () => {
    await world.close();
    await begin({ rules: 2 });
    await meanwhile(() => {
      world.platform.setTraffic = async (_target, split) => world.platform.moveTraffic(target, split, 0);
    });

    expect(await outcome()).toBe(
      'the load balancer in eu-west-1 was told 5 times to move the traffic, and did not.',
    );
    expect((await world.store.traffic(target))?.confirmedAt).toBeUndefined();
  });

  it('tells the load balancer again where it does not show new weights for long', async () => {
    await meanwhile(() => world.platform.delayReads(target, 9));

    expect(await outcome()).toBe('moved');
  });

  it('ends where a rule does not take over what it is told', async () => {
    await meanwhile(() => {
      world.platform.setTraffic = async () => undefined;
    });

    expect(await outcome()).toBe(
      'the load balancer in eu-west-1 was told 5 times to move the traffic, and did not.',
    );
  });
});

/** Moves half of the traffic once it is told to go. */
function define(engine: Engine, reached: World): void {
  engine.define('move', 1, async (context) => {
    await context.waitFor('go');
    const plan = await reached.store.deployment(1).then((state) => state?.plan);
    if (plan === undefined) throw new Error('There is no deployment #1');
    const run: StepRun = {
      ...{ context, world: reached, deployment: 1, target, plan, title: 'Checkout' },
      limits: limitsOf(reached.policy, target.environment),
      release: releaseOf('v1.1.0'),
      settled: (name, call) => context.operation(name, ({ signal }) => call(reached, signal)),
      resumedAt: 0,
      tell: async () => undefined,
      progress: async () => undefined,
      record: (name, events) =>
        context.commit(name, [{ kind: 'append', deployment: 1, expect: 'any', events }]),
      baselines: new Map(),
      knowsLiveIsDown: new Set(),
    };
    const step = { id: `${place.environment}/move`, region: europe };
    return moveTraffic(run, { step, to: 'green', split: splitTo('green', 50), round: 1, seen });
  });
}
