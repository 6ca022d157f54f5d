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

  it('waits for its time, starts then by itself, and once', async () => {
    const number = await world.scheduled(hours);
    const { startAt } = await world.deployment(number);

    await world.pass(hours - 1_000);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule', until: startAt });
    expect(world.platform.changes).toEqual([]);
    // When it was planned, when it was checked, and a quarter of an hour before.
    expect(world.platform.calls.filter(({ method }) => method === 'live')).toHaveLength(3);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    const { startedAt = 0 } = await world.deployment(number);
    expect(startedAt - (startAt ?? 0)).toBeLessThan(minutes);
    expect(await world.startedTimes(number)).toBe(1);
  });

  it('leaves the service to others until then', async () => {
    await world.scheduled(2 * hours);

    expect((await world.deploy('v1.2.0')).phase.kind).toBe('succeeded');
  });

  it('is not planned while another changes what is live, and says who does', async () => {
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    await world.untilPhase(await world.request('v1.2.0'), 'running');

    await expect(world.scheduled(hours)).rejects.toThrow(/<@U0MAYA> is deploying v1\.2\.0/u);
  });

  it('waits in line where another has the service at its time', async () => {
    const number = await world.scheduled(hours);
    await world.pass(hours - 20_000);
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    const other = await world.request('v1.2.0');
    await world.clock.advance(30_000);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'deployment' });
    expect(await world.startedTimes(number)).toBe(0);

    await world.abort(other);
    await world.ended(other);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('that is aborted never starts', async () => {
    const number = await world.scheduled(hours);
    await world.pass(minutes);

    await world.abort(number);
    await world.pass(2 * hours);

    expect((await world.phase(number)).kind).toBe('aborted');
    expect(world.platform.changes).toEqual([]);
  });

  it.each([
    ['later', 3 * hours],
    ['earlier', 20 * minutes],
    ['at once nearly', minutes],
  ])('starts at the time it was changed to, %s, and not at the first one', async (_name, to) => {
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    const startAt = world.clock.now() + to;

    await world.reschedule(number, startAt);
    await world.pass(to - 1_000);
    expect((await world.deployment(number)).startedAt).toBeUndefined();
    await world.pass(minutes);

    expect((await world.ended(number)).startedAt).toBeGreaterThanOrEqual(startAt);
    expect(await world.startedTimes(number)).toBe(1);
  });

  it.each([
    ['past', -1, /That time is past/u],
    ['now', 0, /That time is past/u],
    ['in two years', 2 * 366 * 24 * hours, /more than a year ahead/u],
  ])('is not changed to a time %s', async (_name, from, sentence) => {
    const number = await world.scheduled(hours);

    await expect(world.reschedule(number, world.clock.now() + from)).rejects.toThrow(sentence);
  });

  it('is not changed any more once it has begun, when it is over, or where it has no time', async () => {
    const number = await world.scheduled(minutes);
    await world.pass(minutes);
    await world.untilPhase(number, 'running');
    await expect(world.reschedule(number, world.clock.now() + hours)).rejects.toThrow(/has started already/u);
    await world.ended(number);
    await expect(world.reschedule(number, world.clock.now() + hours)).rejects.toThrow(/is over/u);
    const other = await world.request('v1.2.0');
    await expect(world.reschedule(other, world.clock.now() + hours)).rejects.toThrow(/is not scheduled/u);
  });

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

  describe('whose time passed while Forge was down', () => {
    async function down(from: number, passed: number): Promise<number> {
      const number = await world.scheduled(hours);
      await world.pass(hours - from);
      world.crash();
      await world.pass(from + passed);
      await world.start();
      return number;
    }

    it.each([
      ['a moment', 1_000],
      ['nearly ten minutes', 9 * minutes],
    ])('by %s starts all the same', async (_name, passed) => {
      const number = await down(minutes, passed);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.startedTimes(number)).toBe(1);
    });

    it.each([minutes, 30 * minutes])('by more than ten minutes asks its owner first', async (from) => {
      const number = await down(from, 11 * minutes);
      await world.clock.advance(1_000);
      expect((await world.deployment(number)).ownerAsked?.changes).toEqual(['It did not start at its time.']);
      expect(await world.startedTimes(number)).toBe(0);

      await world.confirmed(number);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.startedTimes(number)).toBe(1);
    });

    it('by more than ten minutes does not start where nobody answers', async () => {
      const number = await down(minutes, 3 * hours);

      expect((await world.ended(number)).phase.kind).toBe('expired');
      expect(world.platform.changes).toEqual([]);
    });
  });

  describe('at whose time AWS is silent', () => {
    async function silent(): Promise<number> {
      const number = await world.scheduled(hours);
      await world.pass(40 * minutes);
      world.platform.break({ method: 'live', kind: 'unavailable' });
      await world.pass(20 * minutes);
      return number;
    }

    it('says so, and starts as soon as it answers', async () => {
      const number = await silent();
      expect(await world.count(number, 'blocked')).toBeGreaterThan(0);
      await world.pass(5 * minutes);
      expect(await world.startedTimes(number)).toBe(0);

      world.platform.mend();

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'owner-asked')).toBe(0);
    });

    it('asks its owner after ten minutes', async () => {
      const number = await silent();

      await world.pass(11 * minutes);

      expect((await world.deployment(number)).ownerAsked?.changes).toEqual(['It did not start at its time.']);
    });
  });

  describe('when the clock is set', () => {
    it('an hour on, starts once where its time has not long passed', async () => {
      const number = await world.scheduled(65 * minutes);
      await world.pass(minutes);

      world.clock.jump(hours);
      await world.pass(5 * minutes);
      await world.tick();

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.startedTimes(number)).toBe(1);
    });

    it('an hour on over its time, is found by the tick, and its owner is asked', async () => {
      const number = await world.scheduled(30 * minutes);
      await world.pass(minutes);

      world.clock.jump(hours);
      await world.tick();
      await world.clock.advance(1_000);
      expect((await world.deployment(number)).ownerAsked?.changes).toEqual(['It did not start at its time.']);
      await world.confirmed(number);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.startedTimes(number)).toBe(1);
    });

    it('an hour back, waits for its time by the new clock', async () => {
      const number = await world.scheduled(hours);
      const { startAt = 0 } = await world.deployment(number);
      await world.pass(30 * minutes);

      world.clock.jump(-hours);
      await world.pass(89 * minutes);
      expect(await world.startedTimes(number)).toBe(0);
      await world.pass(2 * minutes);

      expect((await world.ended(number)).startedAt).toBeGreaterThanOrEqual(startAt);
      expect(await world.startedTimes(number)).toBe(1);
    });

    it('an hour back after it began, does not start again', async () => {
      const number = await world.scheduled(minutes);
      await world.ended(number);

      world.clock.jump(-hours);
      await world.pass(2 * hours);
      await world.tick();
      await world.pass(minutes);

      expect(await world.startedTimes(number)).toBe(1);
    });
  });
});
