import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { ShiftStep } from '../../src/domain/policy.ts';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { deaths } from './deaths.ts';
import type { Life } from './mortal.ts';
import { europe } from './shop.ts';

type Scenario = {
  steps: ShiftStep[];
  arrange?: (world: ColouredWorld) => unknown;
  phase: Deployment['phase']['kind'];
  split: { blue: number; green: number };
  /** Which calls the process dies at where not at every one. */
  offset: number;
};

const scenarios: Record<string, Scenario> = {
  'that succeeds': {
    steps: [{ weight: 100, bake: 3_000 }],
    phase: 'succeeded',
    split: { blue: 0, green: 100 },
    offset: 0,
  },
  'that goes bad at its first weight': {
    steps: [
      { weight: 50, bake: 3_000 },
      { weight: 100, bake: 3_000 },
    ],
    arrange(world) {
      // Nobody waits for it: the process may die before.
      void world.upon({ type: 'step-started', step: `${europe}/bake-50` }, () =>
        world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' }),
      );
    },
    phase: 'rolled-back',
    split: { blue: 100, green: 0 },
    offset: 2,
  },
};

describe.each(Object.entries(scenarios))('a deployment in colours %s', (_name, scenario) => {
  it('ends the same when its process dies at any call that changes something', async () => {
    let last = 0;
    const { first, step } = deaths({ every: 5, offset: scenario.offset });
    for (let call = first, hasDied = true; hasDied; call += step) {
      const world = createColouredWorld({ steps: scenario.steps });
      hasDied = await survive(world, scenario, { call, side: 'after' });
      await expectRight(world, scenario, `after call ${call}`);
      await world.close();
      if (hasDied) last = call;
    }
    expect(last).toBeGreaterThan(30);
  }, 300_000);
});

/** Carries the deployment through a process that dies there and one that lives; false when the first one lived as well. */
async function survive(
  world: ColouredWorld,
  { arrange }: Scenario,
  end: NonNullable<Life['end']>,
): Promise<boolean> {
  await arrange?.(world);
  const life = await world.start(end);
  await world.begin();
  const isOver = async () => life.isOver || (await world.store.unfinished()).length === 0;
  await world.until(isOver, { step: 1_000 });
  const hasDied = life.isOver;
  if (hasDied) {
    world.crash();
    await world.start();
  }
  await world.ended(1);
  return hasDied;
}

async function expectRight(world: ColouredWorld, { phase, split }: Scenario, when: string): Promise<void> {
  const deployment = await world.deployment(1);
  const record = await world.store.traffic(target);
  const events = await world.eventTypes(1);
  const finished = Object.values(deployment.steps).filter(({ kind }) => kind === 'finished');
  expect(deployment.phase.kind, when).toBe(phase);
  expect(world.platform.splits(target), when).toEqual([split]);
  expect(record, when).toMatchObject({ split, confirmedAt: expect.any(Number) });
  expect(world.platform.outages, when).toEqual([]);
  expect(world.deadMan.due(target), when).toBeUndefined();
  expect(world.deadMan.fired, when).toEqual([]);
  expect(
    events.filter((type) => type === 'step-finished'),
    when,
  ).toHaveLength(finished.length);
  expect(events, when).not.toContain('held');
}
