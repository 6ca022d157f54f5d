import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minutes, putLive } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

const hours = 60 * minutes;

describe('a scheduled deployment', () => {
  let world: ScheduleWorld;

  beforeEach(async () => {
    world = createScheduleWorld();
    await world.start();
  });
  afterEach(() => world.close());

  describe('that is not as it was, a quarter of an hour before', () => {
    /** Another release went live; its owner is asked. */
    async function drifted(): Promise<number> {
      const number = await world.scheduled(hours);
      await world.pass(minutes);
      putLive(world, 'v1.2.0');
      await world.pass(45 * minutes);
      return number;
    }

    it('asks its owner by its time, with what is different', async () => {
      const number = await drifted();
      const { ownerAsked, startAt, phase, plan } = await world.deployment(number);

      expect(ownerAsked).toMatchObject({
        ...{
          changes: ['eu-west-1 runs v1.2.0 now instead of v1.0.0.'],
          deadline: startAt,
          startsAt: startAt,
        },
      });
      expect(phase).toMatchObject({ kind: 'waiting', for: 'owner' });
      expect(plan.from['eu-west-1']?.version).toBe('v1.2.0');
    });

    it('starts at its time when its owner says so', async () => {
      const number = await drifted();
      const { startAt = 0 } = await world.deployment(number);

      await world.confirmed(number);
      await world.pass(minutes);
      expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });

      expect((await world.ended(number)).startedAt).toBeGreaterThanOrEqual(startAt);
      expect(await world.startedTimes(number)).toBe(1);
    });

    it('does not start without an answer, and says why', async () => {
      const number = await drifted();

      await world.pass(hours);

      expect(await world.phase(number)).toMatchObject({
        kind: 'expired',
        reason: expect.stringMatching(/its owner did not say in time .* eu-west-1 runs v1\.2\.0 now/u),
      });
      expect(await world.count(number, 'owner-reminded')).toBe(1);
      expect(world.platform.changes).toEqual([]);
    });

    it('needs nobody where what is live is as it was again', async () => {
      const number = await drifted();
      await world.confirmed(number);

      putLive(world, 'v1.0.0');
      await world.pass(13 * minutes);
      expect((await world.deployment(number)).startedAt).toBeUndefined();
    });

    it('asks again where it has changed again after the answer', async () => {
      const number = await drifted();
      await world.confirmed(number);
      putLive(world, 'v1.3.0');

      await world.pass(15 * minutes);

      expect((await world.deployment(number)).ownerAsked?.changes).toEqual([
        'eu-west-1 runs v1.3.0 now instead of v1.2.0.',
      ]);
      expect(await world.startedTimes(number)).toBe(0);
    });

    it('takes an answer from its owner only, in time, and about what is so now', async () => {
      const number = await drifted();

      await expect(world.confirmed(number, 'U0LEO')).rejects.toThrow(/<@U0MAYA> scheduled #1 and is asked/u);
      await expect(world.confirmed(number, 'U0MAYA', 'another')).rejects.toThrow(
        /has changed since you looked/u,
      );
      const { ownerAsked } = await world.deployment(number);
      world.crash();
      await world.pass((ownerAsked?.deadline ?? 0) - world.clock.now());
      await expect(world.confirmed(number)).rejects.toThrow(/the time to answer is over/u);
    });

    it('is agreed to by whoever sets another time', async () => {
      const number = await drifted();

      await world.reschedule(number, world.clock.now() + 2 * hours, 'U0LEO');
      await world.pass(2 * hours + minutes);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'owner-asked')).toBe(1);
    });
  });

  describe('whose time is frozen meanwhile', () => {
    async function frozen(until: number): Promise<number> {
      const number = await world.scheduled(hours);
      const { startAt = 0 } = await world.deployment(number);
      await world.pass(minutes);
      const freeze = {
        ...{ id: 'F1', scope: {}, owner: 'U0SAM', reason: 'the sale' },
        ...{ from: startAt - minutes, until: startAt + until },
      };
      await world.store.commit([
        { kind: 'place-freeze', freeze, by: person('U0SAM').actor },
        { kind: 'signal-run', run: 'prepare/1', name: 'news', id: 'freeze', by: 'U0SAM' },
      ]);
      await world.pass(minutes);
      return number;
    }

    it('says so at once, and asks its owner a quarter of an hour before', async () => {
      const number = await frozen(3 * hours);
      expect(await world.phase(number)).toMatchObject({
        for: 'schedule',
        why: expect.stringContaining('<@U0SAM> has frozen'),
      });

      await world.pass(44 * minutes);

      const { ownerAsked, startAt = 0 } = await world.deployment(number);
      expect(ownerAsked).toMatchObject({
        changes: [expect.stringContaining('It may not start at its time: <@U0SAM> has frozen')],
        startsAt: startAt + 3 * hours,
      });
    });

    it('starts after the freeze when its owner says so, and is not asked about that again', async () => {
      const number = await frozen(3 * hours);
      await world.pass(44 * minutes);
      const { startAt = 0 } = await world.deployment(number);

      await world.confirmed(number);
      await world.pass(4 * hours);

      const { startedAt = 0 } = await world.ended(number);
      expect(startedAt).toBeGreaterThanOrEqual(startAt + 3 * hours);
      expect(await world.count(number, 'owner-asked')).toBe(1);
    });

    it('starts at its time without an answer where the freeze was lifted', async () => {
      const number = await frozen(3 * hours);
      await world.pass(46 * minutes);
      await world.store.commit([
        { kind: 'lift-freeze', id: 'F1', by: person('U0SAM').actor },
        { kind: 'signal-run', run: 'prepare/1', name: 'news', id: 'lifted', by: 'U0SAM' },
      ]);

      await world.pass(20 * minutes);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
    });
  });
});
