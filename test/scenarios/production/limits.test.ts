import { afterEach, describe, expect, it } from 'vitest';
import type { GatePolicy } from '../../../src/domain/gate-policy.ts';
import { aGatePolicy, aTiming } from '../../builders.ts';
import { type ColouredWorld, createColouredWorld, target } from '../../jobs/coloured-shop.ts';
import { europe } from '../../jobs/shop.ts';

const seconds = 1_000;
const minutes = 60 * seconds;

type Limits = Omit<GatePolicy['rollBackWhen'], 'for'>;
type Trouble = (world: ColouredWorld) => unknown;

const noAnswer = { kind: 'failed', reason: 'GET /health answered 500' } as const;

/** Clients leave: fewer connections and fewer requests, while one of the new tasks is not well. */
async function isLeft(world: ColouredWorld, connections: number): Promise<void> {
  world.metrics.connected(connections);
  for (const colour of ['blue', 'green'] as const) world.metrics.conduct(colour, { requests: 100 });
  await isWeak(world, 1);
}

async function isWeak({ platform, clock }: ColouredWorld, healthy: number): Promise<void> {
  platform.sicken(target, 'green', healthy);
  await clock.advance(5 * minutes);
  platform.sicken(target, 'green', undefined);
}

async function isSilent(world: ColouredWorld, rounds: number): Promise<void> {
  world.smoke.colour('green', noAnswer);
  await world.clock.advance(rounds * 5 * seconds);
  world.smoke.colour('green', { kind: 'passed' });
}

async function failsFor(world: ColouredWorld, errors: number, milliseconds: number): Promise<void> {
  world.metrics.conduct('green', { errors });
  await world.clock.advance(milliseconds);
  world.metrics.conduct('green', {});
}

/** `within`: milliseconds from the first request the release gets until the load balancer says that it gets none. */
type Trigger = { what: string; limits: Limits; within: number; over: Trouble; under: Trouble };

const triggers: Trigger[] = [
  {
    what: 'errors over 5 %',
    limits: { errors: 0.05 },
    within: 5 * minutes,
    over: ({ metrics }) => metrics.conduct('green', { errors: 0.0525 }),
    under: ({ metrics }) => metrics.conduct('green', { errors: 0.0475 }),
  },
  {
    what: 'server errors over 2 %',
    limits: { fiveXx: 0.02 },
    within: 5 * minutes,
    over: ({ metrics }) => metrics.conduct('green', { errors: 0.0225 }),
    under: ({ metrics }) => metrics.conduct('green', { errors: 0.0175 }),
  },
  {
    what: 'a p99 over a second',
    limits: { p99: 1_000 },
    within: 5 * minutes,
    over: ({ metrics }) => metrics.conduct('green', { p99: 1_001 }),
    under: ({ metrics }) => metrics.conduct('green', { p99: 999 }),
  },
  {
    what: 'connections below half of what they were',
    limits: { activeConnectionsBelow: 0.5 },
    within: 5 * minutes,
    over: (world) => isLeft(world, 24),
    under: (world) => isLeft(world, 26),
  },
  {
    what: 'a quarter of a minute’s requests that fail',
    limits: { errors: 0.05 },
    within: 5 * minutes,
    over: (world) => failsFor(world, 0.25, minutes),
    under: (world) => failsFor(world, 0.2475, minutes),
  },
  {
    what: 'no healthy task',
    limits: {},
    within: 30 * seconds,
    over: (world) => isWeak(world, 0),
    under: (world) => isWeak(world, 1),
  },
  {
    what: 'three probes in a row without an answer',
    limits: {},
    within: 30 * seconds,
    over: (world) => isSilent(world, 3),
    under: (world) => isSilent(world, 2),
  },
];

describe('the triggers of an automatic rollback, by the minutes of AWS', { timeout: 120_000 }, () => {
  let world: ColouredWorld;

  /** Blue-green, watched for ten minutes, by the timing that fits AWS. What must hold at the end is not asked. */
  async function switchOver(limits: Limits): Promise<ColouredWorld> {
    world = createColouredWorld({
      steps: [{ weight: 100, bake: 10 * minutes }],
      environment: { gates: aGatePolicy({ pass: {}, rollBackWhen: { for: 2 * minutes, ...limits } }) },
      timing: aTiming(),
    });
    // CloudWatch shows a minute's numbers a minute late.
    world.metrics.lag = minutes;
    await world.start();
    await world.begin();
    await world.untilStep(`${europe}/bake-100`);
    return world;
  }

  /** How long traffic was away, from the first shift until the load balancer said that it is back. */
  async function timeAway(): Promise<number> {
    const events = await world.store.events(1);
    const confirmed = events.filter(({ event }) => event.type === 'traffic-confirmed');
    const [away, back] = confirmed;
    return (back?.at ?? Number.POSITIVE_INFINITY) - (away?.at ?? 0);
  }

  afterEach(() => world.close());

  it.each(triggers)('put the release before back in time: $what', async ({ limits, over, within }) => {
    await switchOver(limits);

    await over(world);

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(world.platform.splits(target)[0]).toEqual({ blue: 100, green: 0 });
    expect(await timeAway()).toBeLessThanOrEqual(within);
  });

  it.each(triggers)('are quiet just under the limit: $what', async ({ limits, under }) => {
    await switchOver(limits);

    await under(world);

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.platform.splits(target)[0]).toEqual({ blue: 0, green: 100 });
  });

  it('are quiet when a limit is broken for less than two minutes', async () => {
    await switchOver({ errors: 0.05 });

    await failsFor(world, 0.2, minutes);

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });
});
