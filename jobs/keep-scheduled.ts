import type { Deployment } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { Recurring } from '../src/domain/recurring.ts';
import { isScheduled } from '../src/domain/schedule.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Occurrence, ScheduleDriver } from '../src/ports/schedule-driver.ts';
import type { Store } from '../src/ports/store.ts';

/** Between two looks at what is scheduled. Milliseconds. */
const LOOK = 5_000;
/** After a fault of the driver: Forge's own clock does not need it. Milliseconds. */
const PAUSE = 30_000;

type Reached = { store: Store; clock: Clock; driver: ScheduleDriver; log: Log };

/**
 * Has the outside driver know what is scheduled: sets what is new or has another time, takes away what was cancelled or has
 * begun. After a restart everything is set again, which is the same; what was taken off the list meanwhile rings in vain.
 * Runs while this process leads.
 */
export async function keepScheduled(
  { store, clock, driver, log }: Reached,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, number>();
  for (;;) {
    const scheduled = [
      ...(await store.unfinished()).filter(isScheduled).flatMap(occurrenceOf),
      ...(await store.recurrings()).map(nextOf),
    ];
    const wanted = new Map(scheduled.map((occurrence) => [occurrence.name, occurrence]));
    try {
      for (const occurrence of wanted.values()) {
        if (known.get(occurrence.name) === occurrence.at) continue;
        await driver.set(occurrence, { signal });
        known.set(occurrence.name, occurrence.at);
      }
      for (const name of known.keys()) {
        if (wanted.has(name)) continue;
        await driver.delete(name, { signal });
        known.delete(name);
      }
      await clock.sleep(LOOK, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.warn(
        'The outside driver of schedules could not be told; Forge goes by its own clock and tries again',
        {
          error: messageOf(error),
        },
      );
      await clock.sleep(PAUSE, signal);
    }
  }
}

/** The same name whatever its time: a new time replaces the old one. */
function occurrenceOf({ number, startAt }: Deployment): Occurrence[] {
  if (startAt === undefined) return [];
  return [{ name: `deployment/${number}`, at: startAt, payload: { deployment: number } }];
}

function nextOf({ id, nextAt }: Recurring): Occurrence {
  return { name: `recurring/${id}`, at: nextAt, payload: { recurring: id } };
}
