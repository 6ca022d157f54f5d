import type { WhenItCloses, WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { ShiftStep } from '../../src/domain/policy.ts';
import { liftFreeze, placeFreeze } from '../../src/use-cases/freeze.ts';
import { placeLock } from '../../src/use-cases/lock.ts';
import { person } from './forge-world.ts';
import { america, europe } from './shop.ts';
import { createReturningWorld, type ReturningWorld } from './two-regions.ts';

export const SECOND = 1_000;
export const MINUTE = 60_000;

/** On Mondays, when these worlds begin at nine: minutes since midnight at which nothing may start but an emergency. */
export function closed(from: number, to: number, whenItCloses: WhenItCloses = 'finish-region'): WindowPolicy {
  return {
    ...{ zone: 'UTC', zones: {}, avoided: [], holidays: [], whenItCloses },
    preferred: [{ days: ['Mon'], from: 0, to: 1_440 }],
    forbidden: [{ days: ['Mon'], from, to }],
  };
}

/** The same, but with consent it may start in that time. */
export function unusual(
  from: number,
  to: number,
  whenItCloses: WhenItCloses = 'finish-region',
): WindowPolicy {
  return {
    ...closed(0, 0, whenItCloses),
    forbidden: [],
    preferred: [
      { days: ['Mon'], from: 0, to: from },
      { days: ['Mon'], from: to, to: 1_440 },
    ],
  };
}

export const NINE = 9 * 60;

export type TimesWorld = ReturningWorld & {
  begunAt: number;
  /** Nothing may start for a while: seconds since the world began. */
  freeze(from: number, until: number, reason?: string): Promise<string>;
  lift(id: string): Promise<unknown>;
  /** Lena holds production until so many seconds since the world began. */
  lock(until: number, owner?: string): ReturnType<typeof placeLock>;
  /** Waits until people were told that it waits in a region. */
  waits(region: string): Promise<Extract<DeploymentEvent, { type: 'region-waiting' }>>;
  /** How often such events happened to deployment #1. */
  count(type: DeploymentEvent['type']): Promise<number>;
};

/** A shop in colours in America, then in Europe, whose times end and begin. */
export function createTimesWorld(
  options: {
    windows?: WindowPolicy;
    steps?: ShiftStep[];
    strategy?: 'canary' | 'blue-green';
    standby?: number;
  } = {},
): TimesWorld {
  const world = createReturningWorld({ regions: [america, europe], ...options });
  const { adapters, clock, store } = world;
  const begunAt = clock.now();
  const at = (seconds: number) => begunAt + seconds * SECOND;
  const events = async () => (await store.events(1)).map(({ event }) => event);
  return {
    ...world,
    begunAt,
    async freeze(from, until, reason = 'the sale') {
      const scope = { environments: ['production'] };
      const freeze = { scope, from: at(from), until: at(until), reason };
      return (await placeFreeze(freeze, person('U0RAVI'), adapters)).id;
    },
    lift: (id) => liftFreeze({ freeze: id }, person('U0RAVI'), adapters),
    lock: (until, owner = 'U0LENA') =>
      placeLock(
        { place: { environment: 'production' }, owner, reason: 'a leak', until: at(until) },
        person(owner),
        adapters,
      ),
    waits: (region) =>
      world.until(
        async () => {
          const told = (await events()).findLast((event) => event.type === 'region-waiting');
          return told?.type === 'region-waiting' && told.region === region && told;
        },
        { step: SECOND },
      ),
    count: async (type) => (await events()).filter((event) => event.type === type).length,
  };
}
