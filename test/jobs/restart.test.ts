import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import type { Life } from './mortal.ts';
import { staging, targetIn } from './shop.ts';

type End = NonNullable<Life['end']>;

type Scenario = {
  arrange?: (world: ForgeWorld) => unknown;
  /** Asks for what the process is to die of. */
  ask: (world: ForgeWorld) => Promise<unknown>;
  number: number;
  phase: Deployment['phase']['kind'];
  live: string;
  /** Changes on the platform, also those of the arrangement. */
  changes: number;
};

const scenarios: Record<string, Scenario> = {
  'that succeeds': {
    ask: (world) => world.request('v1.1.0'),
    number: 1,
    phase: 'succeeded',
    live: 'v1.1.0',
    changes: 1,
  },
  'that fails and is put back': {
    arrange: (world) => world.smoke.always({ kind: 'failed', reason: 'GET /health answered 500' }),
    ask: (world) => world.request('v1.1.0'),
    number: 1,
    phase: 'rolled-back',
    live: 'v1.0.0',
    changes: 2,
  },
  'that is aborted': {
    arrange: (world) => world.platform.behave('v1.1.0', { kind: 'stalling' }),
    ask(world) {
      // Nobody waits for it: the process may die before.
      void world.upon({ type: 'step-progressed', step: 'eu-west-1/start' }, () => world.abort(1));
      return world.request('v1.1.0');
    },
    number: 1,
    phase: 'aborted',
    live: 'v1.0.0',
    changes: 2,
  },
  'that is a rollback': {
    async arrange(world) {
      await world.start();
      await world.deploy('v1.1.0');
      await world.published(1);
      world.crash();
    },
    ask: (world) => world.undo(1),
    number: 2,
    phase: 'succeeded',
    live: 'v1.0.0',
    changes: 2,
  },
};

describe.each(Object.entries(scenarios))('a deployment %s', (_name, scenario) => {
  it('ends the same when its process dies at any call that changes something', async () => {
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      const world = createForgeWorld();
      hasDied = await survive(world, scenario, { call, side: 'after' });
      await expectRight(world, scenario, `after call ${call}`);
      await world.close();
      if (hasDied) deaths = call;
    }
    expect(deaths).toBeGreaterThan(30);
  }, 120_000);

  it('ends the same when its process dies before it does anything', async () => {
    const world = createForgeWorld();

    await survive(world, scenario, { call: 1, side: 'before' });

    await expectRight(world, scenario, 'before the first call');
    await world.close();
  });
});

describe('a deployment whose process is stopped', () => {
  it.each(['live', 'start', 'health', 'runningImages', 'restore'] as const)(
    'while it waits for the answer of %s goes on in the next process as if nothing had been',
    async (method) => {
      const world = createForgeWorld();
      await world.start();
      if (method === 'restore') await world.deploy('v1.1.0');
      await (method === 'restore' ? world.undo(1) : world.request('v1.1.0'));
      const asked = () => world.platform.calls.filter((call) => call.method === method).length;
      const before = asked();
      world.platform.break({ method, kind: 'hang' });
      await world.until(() => asked() > before);
      await world.stop();
      world.platform.mend();
      await world.start();

      const deployment = await world.ended(method === 'restore' ? 2 : 1);

      expect(deployment.phase.kind).toBe('succeeded');
      expect(await repeatedEvents(world, deployment.number)).toEqual([]);
      expect(world.platform.changes).toHaveLength(deployment.number);
      await world.close();
    },
  );

  it('while a question is open still takes the answer', async () => {
    const world = createForgeWorld();
    await world.start();
    await world.request('v1.1.0');
    world.platform.break({ method: 'health', kind: 'unavailable' });
    const { phase } = await world.untilPhase(1, 'held');
    await world.stop();
    world.platform.mend();
    await world.resume(1);
    await world.start();

    const deployment = await world.ended(1);

    expect(phase.kind).toBe('held');
    expect(deployment.phase.kind).toBe('succeeded');
    await world.close();
  });

  it('past the deadline of a question gets the safe answer at once', async () => {
    const world = createForgeWorld();
    await world.start();
    await world.request('v1.1.0');
    world.platform.break({ method: 'health', kind: 'unavailable' });
    await world.untilPhase(1, 'held');
    await world.stop();
    world.platform.mend();
    await world.clock.advance(world.policy.timing.questionWithin);
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.platform.desired(targetIn(staging)).version).toBe('v1.0.0');
    await world.close();
  });
});

/** Lets a process die at `end`, and another one go on. False: it was over before that. */
async function survive(world: ForgeWorld, scenario: Scenario, end: End): Promise<boolean> {
  await scenario.arrange?.(world);
  const life = await world.start(end);
  await scenario.ask(world);
  await world.until(async () => life.isOver || (await world.isPublished(scenario.number)));
  if (!life.isOver) return false;
  world.crash();
  await world.start();
  return true;
}

async function expectRight(world: ForgeWorld, scenario: Scenario, when: string): Promise<void> {
  const { number, phase, live, changes } = scenario;
  const deployment = await world.ended(number);
  await world.published(number);

  expect(deployment.phase.kind, when).toBe(phase);
  expect(world.platform.desired(targetIn(staging)).version, when).toBe(live);
  expect(world.platform.changes, when).toHaveLength(changes);
  expect(await world.store.nextNumber(), when).toBe(number + 1);
  expect(await repeatedEvents(world, number), when).toEqual([]);
  expect(
    world.chat.messages().map(({ id }) => id),
    when,
  ).toEqual(Array.from({ length: number }, (_, index) => String(index + 1)));
  expect(repeated(world.chat.kept.map(({ id }) => id)), when).toEqual([]);
  expect(world.reports, when).toEqual([]);
}

/** Events that say something happened which happens once, and that are there more than once. */
async function repeatedEvents(world: ForgeWorld, number: number): Promise<string[]> {
  const events = (await world.store.events(number)).map(({ event }) => event);
  const once = events.filter(({ type }) => type !== 'step-progressed' && type !== 'restore-progressed');
  return repeated(once.map((event) => JSON.stringify(event)));
}

function repeated(all: readonly string[]): string[] {
  return all.filter((one, index) => all.indexOf(one) !== index);
}
