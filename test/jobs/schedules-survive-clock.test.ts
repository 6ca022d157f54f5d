import { describe, expect, it } from 'vitest';
import { minutes } from './approval-world.ts';
import { inScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

const hours = 60 * minutes;
/** When it is scheduled for, counted from the beginning. */
const AT = 2 * hours;

/** `at`: what the timers have counted then. */
type Jump = { at: number; by: number };

async function passWith(world: ScheduleWorld, jumps: readonly Jump[]): Promise<void> {
  let passed = 0;
  for (const { at, by } of jumps) {
    await world.pass(at - passed);
    passed = at;
    world.clock.jump(by);
  }
}

/** Scheduled for `AT`, with these jumps of the clock and nothing else; its owner says yes where they are asked. */
async function played(
  jumps: readonly Jump[],
  { drivers = 'both', isLost = false }: { drivers?: 'both' | 'its own'; isLost?: boolean } = {},
): Promise<{ late: number; asked: number; started: number }> {
  const seen = { late: 0, asked: 0, started: 0 };
  await inScheduleWorld(async (world) => {
    if (isLost) world.driver.lose();
    await world.start(undefined, { drivers });
    const number = await world.scheduled(AT);
    await passWith(world, jumps);
    for (let minute = 0; minute < 5 * 60; minute += 1) {
      const { phase, endedAt } = await world.deployment(number);
      // It goes on for a while after its end: nothing may begin again.
      if (endedAt !== undefined && world.clock.now() > endedAt + 10 * minutes) break;
      if (phase.kind === 'waiting' && phase.for === 'owner') await world.confirmed(number);
      await world.pass(minutes);
    }
    const { startAt = 0, startedAt = 0, phase } = await world.deployment(number);
    expect(phase.kind).toBe('succeeded');
    expect(world.platform.changes).toHaveLength(1);
    expect(world.reports).toEqual([]);
    seen.late = startedAt - startAt;
    seen.asked = await world.count(number, 'owner-asked');
    seen.started = await world.startedTimes(number);
  });
  return seen;
}

const drivers = [
  ['with both drivers', { drivers: 'both' }],
  ['with both drivers, whose signal is lost', { drivers: 'both', isLost: true }],
  ['with Forge’s own driver', { drivers: 'its own' }],
] as const;

describe.each(drivers)('a schedule %s, when the clock is set', (_, how) => {
  it.each([
    ['an hour on, long before its time', [{ at: 10 * minutes, by: hours }]],
    ['an hour on, to a few minutes before its time', [{ at: 58 * minutes, by: hours }]],
    ['an hour on, to a few minutes after its time', [{ at: 65 * minutes, by: hours }]],
    ['an hour back, long before its time', [{ at: 10 * minutes, by: -hours }]],
    ['an hour back, after everything was looked at again', [{ at: AT - 5 * minutes, by: -hours }]],
    ['an hour back, a moment before its time', [{ at: AT - 1, by: -hours }]],
    ['an hour back, while it is deployed', [{ at: AT + 2_000, by: -hours }]],
    ['an hour back, after its end', [{ at: AT + 20 * minutes, by: -hours }]],
    [
      'an hour on, and right again before its time',
      [
        { at: 10 * minutes, by: hours },
        { at: 30 * minutes, by: -hours },
      ],
    ],
    [
      'an hour back, and right again before its time',
      [
        { at: 10 * minutes, by: -hours },
        { at: 30 * minutes, by: hours },
      ],
    ],
  ])('%s: starts once, at its time', async (_name, jumps) => {
    const { late, ...seen } = await played(jumps, how);

    expect(seen).toEqual({ asked: 0, started: 1 });
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(10 * minutes);
  });

  it.each([
    ['an hour on, over its time', [{ at: 90 * minutes, by: hours }]],
    ['an hour on, after everything was looked at again', [{ at: AT - minutes, by: hours }]],
    [
      'an hour on twice, over its time',
      [
        { at: 20 * minutes, by: hours },
        { at: 40 * minutes, by: hours },
      ],
    ],
  ])('%s: starts once, when its owner has said so', async (_name, jumps) => {
    expect(await played(jumps, how)).toMatchObject({ asked: 1, started: 1 });
  });
});
