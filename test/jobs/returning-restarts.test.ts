import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { allBlue, createReturningWorld, type ReturningWorld } from './two-regions.ts';

type Scenario = {
  /** Brings the world to the moment before the process that is to die begins. */
  arrange(world: ReturningWorld): Promise<void>;
  /** Asks for what it dies of. */
  ask(world: ReturningWorld): Promise<unknown>;
  number: number;
  phase: Deployment['phase']['kind'];
};

const scenarios: Record<string, Scenario> = {
  'an abort at 100 %': {
    async arrange(world) {
      await world.start();
      await world.ask('v1.1.0');
      await world.untilStep(1, 'eu-west-1/bake-100');
      world.crash();
    },
    ask: (world) => world.abort(1),
    number: 1,
    phase: 'aborted',
  },
  'a rollback': {
    async arrange(world) {
      await world.start();
      await world.deployed('v1.1.0');
      await world.published(1);
      world.crash();
    },
    ask: (world) => world.undo(1),
    number: 2,
    phase: 'succeeded',
  },
};

describe.each(Object.entries(scenarios))('%s in colours', (_name, scenario) => {
  it('ends the same when its process dies at any call that changes something', async () => {
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      const world = createReturningWorld({ steps: [{ weight: 100, bake: 5_000 }], watch: 3_000 });
      await scenario.arrange(world);
      hasDied = await survive(world, scenario, { call, side: 'after' });
      if (hasDied) deaths = call;
      await expectRight(world, scenario, `after call ${call}`);
      await world.close();
    }
    expect(deaths).toBeGreaterThan(20);
  }, 240_000);
});

/** Whether the process died. Another one goes on where it did. */
async function survive(
  world: ReturningWorld,
  { ask, number }: Scenario,
  end: { call: number; side: 'before' | 'after' },
): Promise<boolean> {
  const life = await world.start(end);
  await ask(world);
  const isOver = async () => {
    const phase = (await world.store.deployment(number))?.phase.kind;
    return phase === 'aborted' || phase === 'succeeded' || phase === 'rolled-back';
  };
  await world.until(async () => life.isOver || (await isOver()));
  if (!life.isOver) return false;
  world.crash();
  await world.start();
  await world.ended(number);
  return true;
}

async function expectRight(world: ReturningWorld, { number, phase }: Scenario, when: string): Promise<void> {
  const events = (await world.store.events(number)).map(({ event }) => event);
  const moves = world.platform.changes.filter((line) => line.includes('rule 1: blue 100'));
  const record = await world.store.traffic({
    service: 'checkout',
    environment: 'production',
    region: 'eu-west-1',
  });
  expect(
    {
      phase: (await world.deployment(number)).phase.kind,
      splits: world.splits(),
      tasks: [world.desired('blue'), world.desired('green')],
      moves: moves.length,
      intents: events.filter(({ type }) => type === 'traffic-intended').at(-1),
      isConfirmed: record?.confirmedAt !== undefined,
      outages: world.platform.outages,
      stuck: (await world.engine().list({ statuses: ['stuck'] })).map(({ id }) => id),
    },
    when,
  ).toMatchObject({
    phase,
    splits: [[allBlue]],
    tasks: [2, 0],
    moves: 1,
    intents: { split: allBlue },
    isConfirmed: true,
    outages: [],
    stuck: [],
  });
}
