import { expect, it } from 'vitest';
import type { WhenItCloses } from '../../src/domain/calendar/window.ts';
import { deaths } from './deaths.ts';
import type { Life } from './mortal.ts';
import { america, europe } from './shop.ts';
import { closed, createTimesWorld, SECOND, type TimesWorld } from './times-world.ts';
import { allGreen, inAmerica, inEurope } from './two-regions.ts';

const cases: [WhenItCloses, string, ReturnType<typeof deaths>][] = [
  ['finish-region', europe, deaths({ every: 8, offset: 0 })],
  ['hold', america, deaths({ every: 8, offset: 4 })],
];

/** Nothing may start there from the seventh second on, for so many seconds. */
const FREEZE = { from: 7, until: 40 };

it.each(cases)(
  'a deployment that meets a freeze, policy %s, waits in %s and ends the same when its process dies at a call that changes something',
  async (policy, region, { first, step }) => {
    let last = 0;
    for (let call = first, hasDied = true; hasDied; call += step) {
      const world = createTimesWorld({
        windows: closed(0, 0, policy),
        steps: [{ weight: 100, bake: 4 * SECOND }],
      });
      hasDied = await survive(world, { call, side: 'after' });
      await expectRight(world, region, `after call ${call}`);
      await world.close();
      if (hasDied) last = call;
    }
    expect(last).toBeGreaterThan(200);
  },
  600_000,
);

/** Carries it through a process that dies there and one that lives; false when the first one lived as well. */
async function survive(world: TimesWorld, end: NonNullable<Life['end']>): Promise<boolean> {
  await world.freeze(FREEZE.from, FREEZE.until);
  const life = await world.start(end);
  await world.ask('v1.1.0');
  const isOver = async () => life.isOver || (await world.store.unfinished()).length === 0;
  await world.until(isOver, { step: SECOND });
  const hasDied = life.isOver;
  if (hasDied) {
    world.crash();
    await world.start();
  }
  await world.until(async () => (await world.store.unfinished()).length === 0, { step: SECOND });
  return hasDied;
}

async function expectRight(world: TimesWorld, region: string, when: string): Promise<void> {
  const { phase, steps } = await world.deployment(1);
  const events = await world.store.events(1);
  const waits = events.filter(({ event }) => event.type === 'region-waiting');
  const goes = events.filter(({ event }) => event.type === 'region-goes-on');
  const begins = events.find(
    ({ event }) => event.type === 'step-started' && event.step === `${europe}/start`,
  );
  const finished = Object.values(steps).filter(({ kind }) => kind === 'finished');

  expect(phase.kind, when).toBe('succeeded');
  expect(world.splits(), when).toEqual([[allGreen], [allGreen]]);
  expect(waits, when).toMatchObject([{ event: { region, for: 'freeze' } }]);
  expect(goes, when).toMatchObject([{ event: { region } }]);
  expect(begins?.at, when).toBeGreaterThanOrEqual(world.begunAt + FREEZE.until * SECOND);
  expect(
    events.filter(({ event }) => event.type === 'step-finished'),
    when,
  ).toHaveLength(finished.length);
  expect([world.deadMan.due(inAmerica), world.deadMan.due(inEurope)], when).toEqual([undefined, undefined]);
  expect(world.deadMan.fired, when).toEqual([]);
  expect(world.platform.outages, when).toEqual([]);
}
