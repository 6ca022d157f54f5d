import { afterEach, beforeEach, expect, it } from 'vitest';
import { maintenanceTick } from '../../jobs/maintenance-tick.ts';
import { eventually } from '../eventually.ts';
import { type LogLine, recordingLog } from '../slack/harness.ts';
import { minutes } from './approval-world.ts';
import { createScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

let world: ScheduleWorld;
let over: AbortController;
let lines: LogLine[];

beforeEach(async () => {
  world = createScheduleWorld();
  over = new AbortController();
  lines = [];
  await world.start();
});
afterEach(() => world.close());

function tick(store = world.store): Promise<void> {
  const reached = { store, clock: world.clock, log: recordingLog(lines) };
  return maintenanceTick(reached, over.signal, { every: '* * * * * *' });
}

it('wakes what is overdue by the wall clock, and ends when it is told to', async () => {
  const number = await world.scheduled(30 * minutes);
  await world.pass(minutes);
  world.clock.jump(32 * minutes);

  const ticking = tick();
  await eventually(() => lines.some(({ message }) => message.includes('were overdue and were woken')));
  over.abort();
  await ticking;

  expect((await world.ended(number)).phase.kind).toBe('succeeded');
});

it('goes on after a fault, and says that there was one', async () => {
  let calls = 0;
  const failing = {
    ...world.store,
    unfinished: async () => {
      calls += 1;
      throw new Error('the disk is full');
    },
  };

  const ticking = tick(failing);
  await eventually(() => calls > 1);
  over.abort();
  await ticking;

  expect(lines[0]).toMatchObject({
    level: 'error',
    message: expect.stringContaining('maintenance tick failed'),
  });
});
