import { expect, it } from 'vitest';
import { minutes } from './approval-world.ts';
import { inScheduleWorld, patientPolicy } from './schedule-world.ts';

it('what was found due just before a kill is not started three quarters of an hour later unasked, wherever the kill was', async () => {
  const late: number[] = [];
  for (let calls = 1; calls <= 12; calls += 1) {
    await inScheduleWorld(async (world) => {
      await world.start();
      const number = await world.scheduled(20 * minutes);
      await world.pass(19 * minutes);
      world.die(calls);
      await world.pass(2 * minutes);
      expect({ calls, lives: world.lives() }).toEqual({ calls, lives: false });
      await world.pass(45 * minutes);
      await world.start();
      await world.pass(minutes);

      const { startAt = 0, startedAt } = await world.deployment(number);
      const isLate = startedAt === undefined || startedAt > startAt + 10 * minutes;
      if (isLate) late.push(calls);
      expect({ calls, isAsked: await world.count(number, 'owner-asked') }).toEqual({
        ...{ calls, isAsked: isLate ? 1 : 0 },
      });
    }, patientPolicy);
  }
  // Some of the kills must have been before its start, or nothing was tried.
  expect(late.length).toBeGreaterThan(2);
});
