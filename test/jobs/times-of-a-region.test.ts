import { afterEach, describe, expect, it } from 'vitest';
import type { WhenItCloses } from '../../src/domain/calendar/window.ts';
import type { ShiftStep } from '../../src/domain/policy.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { america, europe } from './shop.ts';
import { closed, createTimesWorld, MINUTE, NINE, SECOND, type TimesWorld } from './times-world.ts';
import { allBlue, allGreen, inAmerica } from './two-regions.ts';

const strategies: Record<string, { strategy: 'canary' | 'blue-green'; steps: ShiftStep[]; weight: number }> =
  {
    canary: {
      strategy: 'canary',
      steps: [
        { weight: 50, bake: 50 * SECOND },
        { weight: 100, bake: 10 * SECOND },
      ],
      weight: 50,
    },
    'blue-green': { strategy: 'blue-green', steps: [{ weight: 100, bake: 50 * SECOND }], weight: 100 },
  };

/** Each begins a minute after nine, while the first region bakes, and is over at `over`, in seconds since nine. */
const endings = {
  'the window ends': { what: 'window', freezesUntil: undefined, isLifted: false, over: 240 },
  'a freeze begins': { what: 'freeze', freezesUntil: 240, isLifted: false, over: 240 },
  'a freeze that is lifted early begins': { what: 'freeze', freezesUntil: 3_600, isLifted: true, over: 200 },
} as const;

const cases = Object.entries(strategies).flatMap(([name, how]) =>
  Object.entries(endings).map(([ending, what]) => ({ name, ending, ...how, ...what })),
);

let world: TimesWorld;
afterEach(() => world.close());

describe.each(cases)('a $name in two regions, when $ending while the first one bakes', (its) => {
  const { strategy, steps, weight, what, freezesUntil, isLifted, over } = its;
  const share = splitTo('green', weight);

  /** A minute after nine is over, and the release bakes in America. */
  async function caught(whenItCloses: WhenItCloses): Promise<string | undefined> {
    const windows = what === 'window' ? closed(NINE + 1, NINE + 4, whenItCloses) : closed(0, 0, whenItCloses);
    world = createTimesWorld({ strategy, steps, windows });
    await world.start();
    const id = freezesUntil === undefined ? undefined : await world.freeze(60, freezesUntil);
    await world.clock.advance(20 * SECOND);
    await world.ask('v1.1.0');
    await world.untilStep(1, `${america}/bake-${weight}`);
    expect(world.clock.now() - world.begunAt).toBeLessThan(MINUTE);
    return id;
  }

  /** What it waits for is over; the time it went on, in seconds since nine. */
  async function goesOn(id: string | undefined): Promise<number> {
    if (id !== undefined && isLifted) {
      await world.clock.advance(world.begunAt + over * SECOND - world.clock.now());
      await world.lift(id);
    }
    await world.until(async () => (await world.count('region-goes-on')) > 0, { step: SECOND });
    return (world.clock.now() - world.begunAt) / SECOND;
  }

  it('by default finishes the region and holds the next one until it may go on', async () => {
    const id = await caught('finish-region');
    const told = await world.waits(europe);
    const meanwhile = world.splits();
    const went = await goesOn(id);

    expect(told).toMatchObject({ for: what, until: world.begunAt + (freezesUntil ?? 240) * SECOND });
    expect(meanwhile).toEqual([[allGreen], [allBlue]]);
    expect(went).toBeGreaterThanOrEqual(over);
    expect(went).toBeLessThan(over + 4);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allGreen], [allGreen]]);
  });

  it('holds promotion there where policy says so, and begins the bake again', async () => {
    const id = await caught('hold');
    const told = await world.waits(america);
    await world.clock.advance(90 * SECOND);
    const { steps: held, phase } = await world.deployment(1);
    const meanwhile = { splits: world.splits(), armed: world.deadMan.due(inAmerica) };
    const went = await goesOn(id);

    expect(told).toMatchObject({ for: what, until: world.begunAt + (freezesUntil ?? 240) * SECOND });
    expect(phase.kind).toBe('running');
    expect(held[`${america}/bake-${weight}`]).toMatchObject({ kind: 'running', progress: { done: 0 } });
    expect(meanwhile).toEqual({
      splits: [[share], [allBlue]],
      armed: expect.objectContaining({ to: 'blue' }),
    });
    expect(went).toBeGreaterThanOrEqual(over);
    expect(went).toBeLessThan(over + 4);
    await world.clock.advance(40 * SECOND);
    expect((await world.deployment(1)).steps[`${america}/bake-${weight}`]?.kind).toBe('running');
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allGreen], [allGreen]]);
    expect(world.deadMan.fired).toEqual([]);
  });

  it('is put back where policy says so, with that reason', async () => {
    await caught('roll-back');

    const { phase } = await world.ended(1);

    const reason = what === 'window' ? 'the window of production closed' : 'a freeze began';
    expect(phase).toMatchObject({ kind: 'rolled-back', reason: expect.stringContaining(reason) });
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    expect(world.clock.now() - world.begunAt).toBeLessThan(3 * MINUTE);
  });
});
