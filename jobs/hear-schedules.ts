import { z } from 'zod';
import { messageOf } from '../src/domain/errors.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { DueSignal, ScheduleDriver } from '../src/ports/schedule-driver.ts';
import type { Store } from '../src/ports/store.ts';
import { ringPreparing } from '../src/use-cases/prepare-bell.ts';
import { ringRecurring } from '../src/use-cases/recurring.ts';

/** After a fault of the driver. Milliseconds. */
const PAUSE = 30_000;

const Payload = z.union([z.object({ deployment: z.int() }), z.object({ recurring: z.string() })]);

type Reached = { store: Store; clock: Clock; driver: ScheduleDriver; log: Log };

/**
 * Rings where the outside driver says that a time has come. It starts nothing: the run looks in the database whether its time
 * has come, so that a signal that is early, late, doubled or about something cancelled does no harm. Runs while this process leads.
 */
export async function hearSchedules(
  { store, clock, driver, log }: Reached,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      for (const due of await driver.receive({ signal })) {
        await ring(due, { store, log });
        await due.done({ signal });
      }
    } catch (error) {
      signal.throwIfAborted();
      log.warn('The outside driver of schedules does not answer; Forge goes by its own clock', {
        error: messageOf(error),
      });
      await clock.sleep(PAUSE, signal);
    }
  }
}

/** Once for an occurrence and its time, however often it is told. */
async function ring(
  { name, at, payload }: DueSignal,
  { store, log }: Pick<Reached, 'store' | 'log'>,
): Promise<void> {
  const known = Payload.safeParse(payload);
  if (!known.success) {
    log.warn('The outside driver tells of something this Forge does not know; it is left out', { name });
    return;
  }
  const told = { id: `${name} at ${at}`, by: 'the driver of schedules' };
  const { data } = known;
  await store.commit([
    'deployment' in data ? ringPreparing(data.deployment, told) : ringRecurring(data.recurring, told),
  ]);
}
