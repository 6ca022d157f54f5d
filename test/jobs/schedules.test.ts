import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minutes } from './approval-world.ts';
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
