import { expect, it } from 'vitest';
import { minutes } from './approval-world.ts';
import { inScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

/** Calls that change something, from the look that finds the image gone to the last one after it is there again. */
const CALLS = 16;

it.each(Array.from({ length: CALLS }, (_, index) => index + 1))(
  'a process that dies at call %i while the owner is asked about an image that is gone leaves nothing undone or done twice',
  (call) =>
    inScheduleWorld(async (world) => {
      await world.start();
      const number = await world.scheduled(20 * minutes);
      await world.pass(4 * minutes);
      const { sourceControl } = world;
      const resolve = sourceControl.resolve.bind(sourceControl);
      sourceControl.resolve = async () => ({ kind: 'unknown', known: [] });
      world.die(call);

      const deaths = [await passAlive(world, 3 * minutes)];
      sourceControl.resolve = resolve;
      deaths.push(await passAlive(world, 12 * minutes));
      expect(await world.startedTimes(number)).toBe(0);
      deaths.push(await passAlive(world, 2 * minutes));

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.startedTimes(number)).toBe(1);
      expect(deaths.filter((one) => one > 0)).toEqual([1]);
      expect(await world.count(number, 'owner-asked')).toBe(1);
      expect(await world.count(number, 'owner-not-needed')).toBe(1);
    }),
);

/** A process that died is begun again, as its supervisor does. How often it did. */
async function passAlive(world: ScheduleWorld, milliseconds: number): Promise<number> {
  let deaths = 0;
  for (let passed = 0; passed < milliseconds; passed += 30_000) {
    await world.pass(30_000);
    if (world.lives()) continue;
    deaths += 1;
    await world.start();
  }
  return deaths;
}
