import { schedule } from 'node-cron';
import { messageOf } from '../src/domain/errors.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Store } from '../src/ports/store.ts';
import { ringOverdue } from './ring-overdue.ts';

/** Wakes what is overdue every minute, by the wall clock. Nothing starts by it: it only has runs look. Runs while this process leads. */
export async function maintenanceTick(
  { store, clock, log }: { store: Store; clock: Clock; log: Log },
  signal: AbortSignal,
  { every = '* * * * *' }: { every?: string } = {},
): Promise<void> {
  const tick = async () => {
    try {
      const rung = await ringOverdue({ store, clock });
      if (rung > 0) log.info('deployments were overdue and were woken', { rung });
    } catch (error) {
      log.error('The maintenance tick failed; the next one tries again', { error: messageOf(error) });
    }
  };
  const task = schedule(every, tick, { noOverlap: true });
  try {
    await aborted(signal);
  } finally {
    await task.destroy();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
