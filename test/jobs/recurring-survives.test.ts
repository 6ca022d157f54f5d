import { describe, expect, it } from 'vitest';
import { environmentNamed } from '../../src/domain/policy.ts';
import { scheduleRecurring } from '../../src/use-cases/recurring.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { minutes } from './approval-world.ts';
import { person } from './forge-world.ts';
import type { Life } from './mortal.ts';
import { callsToDieAt, inScheduleWorld, type ScheduleWorld } from './schedule-world.ts';
import { checkout, giveLive, staging } from './shop.ts';

const hours = 60 * minutes;
const both = { drivers: 'both' } as const;

/** The newest release of main at half past every hour; it is nine. */
async function recurring(world: ScheduleWorld): Promise<void> {
  const environment = environmentNamed(world.policy, 'staging');
  if (environment === undefined) throw new Error('There is no staging');
  const request = { service: checkout, environment, cron: '30 * * * *', zone: 'UTC' };
  await scheduleRecurring(request, person(), world.adapters);
}

/** The occurrences that were asked for, the first one first. */
async function askedFor({ store }: ScheduleWorld): Promise<string[]> {
  const all = await store.history({ limit: 50 });
  const events = await Promise.all(all.map(({ number }) => store.events(number)));
  return events.map(([first]) => first?.cause.split('T').at(-1)?.slice(0, 5) ?? '').toReversed();
}

/** Somebody else puts another release there each time, so that there is something to do. */
async function live(world: ScheduleWorld, milliseconds: number): Promise<void> {
  for (const end = world.clock.now() + milliseconds; world.clock.now() < end; ) {
    await world.pass(Math.min(minutes, end - world.clock.now()));
    if (!world.lives()) await world.start(undefined, both);
    if ((await world.store.unfinished()).length === 0) giveLive(world.platform, 'v1.0.0', staging);
  }
}

const told = ({ store }: ScheduleWorld) => store.announcements('R1');

describe('what recurs, and both drivers know', () => {
  it.each([
    ['before', 1],
    ['after', 4],
  ] as const)(
    'asks once for each of its times though Forge is killed %s any of its calls',
    async (side, offset) => {
      const played = async (end?: Life['end']): Promise<number> => {
        let calls = 0;
        await inScheduleWorld(async (world) => {
          const life = await world.start(end, both);
          await recurring(world);
          await live(world, 95 * minutes);
          calls = life.calls;

          expect({ end, asked: await askedFor(world) }).toEqual({ end, asked: ['09:30', '10:30'] });
          expect({ end, died: life.isOver }).toEqual({ end, died: end !== undefined });
          expect(await told(world)).toEqual([]);
          expect([...world.driver.pending.values()]).toEqual([
            { name: 'recurring/R1', at: Date.UTC(2026, 0, 5, 11, 30), payload: { recurring: 'R1' } },
          ]);
          expect([...world.reports, ...world.told]).toEqual([]);
        });
        return calls;
      };

      const calls = await played();
      expect(calls).toBeGreaterThan(30);
      for (const call of callsToDieAt(calls, offset)) await played({ call, side });
    },
    600_000,
  );

  it.each([
    ['again, by the same asking', 'the first'],
    ['again, by another asking', 'another'],
  ])('asks once for each though it is asked for %s, when all is over', async (_, arrival) => {
    await inScheduleWorld(async (world) => {
      await recurring(world);
      await world.pass(30 * minutes);
      const occurrence = { recurring: 'R1', at: world.clock.now(), next: world.clock.now() + hours };
      const ask = (by: string) =>
        requestDeployment(
          { service: checkout, environment: staging, occurrence },
          person('U0MAYA', by),
          world.adapters,
        );
      const both = await Promise.all([ask('the first'), ask(arrival)]);
      await world.start();
      await world.ended(1);
      giveLive(world.platform, 'v1.0.0', staging);

      const later = await ask(arrival);

      expect([...both, later].map(({ kind }) => kind).toSorted()).toEqual([
        'repeated',
        'repeated',
        'requested',
      ]);
      expect(await world.store.history({ limit: 10 })).toHaveLength(1);
    });
  });

  it('asks once for each though its signal comes twice, early, late, or never', async () => {
    await inScheduleWorld(async (world) => {
      await world.start(undefined, both);
      await recurring(world);
      const at = Date.UTC(2026, 0, 5, 9, 30);
      const tell = (late: number) =>
        world.driver.tell({ name: 'recurring/R1', at: at + late, payload: { recurring: 'R1' } });
      tell(0);
      await live(world, 29 * minutes);
      expect(await askedFor(world)).toEqual([]);

      for (const late of [-1, 0, 1]) tell(late);
      await live(world, 2 * minutes);
      for (const late of [0, 1, 2]) tell(late);
      world.driver.lose();
      await live(world, hours);

      expect(await askedFor(world)).toEqual(['09:30', '10:30']);
    });
  });

  it.each([
    ['an hour back after it asked', [[35, -60]], 120, ['09:30', '10:30']],
    ['an hour back before it asked', [[20, -60]], 80, ['09:30']],
    ['an hour on, to a few minutes before one of its times', [[25, 60]], 40, ['10:30']],
    ['an hour on, to a few minutes after one of its times', [[35, 60]], 10, ['09:30', '10:30']],
    [
      'an hour on and back again',
      [
        [35, 60],
        [40, -60],
      ],
      115,
      ['09:30', '10:30', '11:30'],
    ],
  ] as const)('asks once for each when the clock is set %s', async (_, jumps, rest, asked) => {
    await inScheduleWorld(async (world) => {
      await world.start(undefined, both);
      await recurring(world);
      let passed = 0;
      for (const [at, by] of jumps) {
        await live(world, (at - passed) * minutes);
        passed = at;
        world.clock.jump(by * minutes);
      }
      await live(world, rest * minutes);

      expect(await askedFor(world)).toEqual(asked);
    });
  });

  it('tells its owner of a time that was missed by more than ten minutes, and goes on with the next', async () => {
    await inScheduleWorld(async (world) => {
      await world.start(undefined, both);
      await recurring(world);
      await live(world, 5 * minutes);

      world.clock.jump(hours);
      await live(world, 2 * minutes);
      expect(await told(world)).toMatchObject([{ tells: 'recurring-not-started', channel: 'U0MAYA' }]);
      expect(await askedFor(world)).toEqual([]);
      await live(world, 30 * minutes);

      expect(await askedFor(world)).toEqual(['10:30']);
      expect(await told(world)).toHaveLength(1);
    });
  });

  it('is woken by the tick where its signal is lost and Forge’s own timer ends too late', async () => {
    await inScheduleWorld(async (world) => {
      world.driver.lose();
      await world.start(undefined, { ...both, pollMs: 1_000 * hours });
      await recurring(world);
      await live(world, minutes);
      world.clock.jump(25 * minutes);

      await live(world, 6 * minutes);

      expect(await askedFor(world)).toEqual(['09:30']);
    });
  });
});
