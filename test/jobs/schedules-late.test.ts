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
});
