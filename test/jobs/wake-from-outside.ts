import type { Engine } from '../../jobs/engine/engine.ts';
import { hearSchedules } from '../../jobs/hear-schedules.ts';
import { keepScheduled } from '../../jobs/keep-scheduled.ts';
import { ringOverdue } from '../../jobs/ring-overdue.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ScheduleDriver } from '../../src/ports/schedule-driver.ts';
import type { Store } from '../../src/ports/store.ts';
import { minutes } from './approval-world.ts';
import { type Life, mortal } from './mortal.ts';

type Reached = { store: Store; clock: Clock };

/** Gives a process the maintenance tick and the loops of the outside driver; it may die at calls of the driver, too. `told`: its log. */
export function wakeFromOutside(
  engine: Engine,
  { store, clock, driver, told }: Reached & { driver: ScheduleDriver; told: string[] },
  life: Life,
): void {
  const reached = { store, clock, driver: mortalSignals(mortal(driver, life), life), log: logTo(told) };
  engine.whileLeading('tell of schedules', (signal) => keepScheduled(reached, signal));
  engine.whileLeading('hear of schedules', (signal) => hearSchedules(reached, signal));
  engine.whileLeading('wake what is overdue', (signal) => tickEveryMinute(reached, signal));
}

/** As `maintenanceTick`, whose minutes are those of the real clock. */
async function tickEveryMinute(reached: { store: Store; clock: Clock }, signal: AbortSignal): Promise<void> {
  for (;;) {
    await reached.clock.sleep(minutes, signal);
    await ringOverdue(reached);
  }
}

/** The same driver, whose process may also die at taking a signal away. */
function mortalSignals(driver: ScheduleDriver, life: Life): ScheduleDriver {
  return {
    set: (occurrence, options) => driver.set(occurrence, options),
    delete: (name, options) => driver.delete(name, options),
    receive: async (options) => (await driver.receive(options)).map((due) => mortal(due, life)),
  };
}

function logTo(told: string[]): Log {
  const keep = (message: string) => {
    told.push(message);
  };
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
}
