import { setTimeout as wait } from 'node:timers/promises';
import { messageOf, UserError } from '../domain/errors.ts';
import type { Incoming, Reception } from '../ports/incoming.ts';
import type { Log } from '../ports/log.ts';

/** What became of something that arrived, before Slack is told. */
export type Admission =
  /** Kept now: it will be done. */
  | { kind: 'kept' }
  /** Kept before: it is done, or being done. */
  | { kind: 'known' }
  | { kind: 'errors'; errors: Record<string, string> }
  /** Nothing was done; `sentence` tells the person. */
  | { kind: 'failed'; sentence: string };

/** Slack waits three seconds for the acknowledgement, which needs its own time to get there. */
const patienceMs = 2_500;

const sentences = {
  fault:
    'Forge could not save this, so nothing was done. Try again; if it happens again, tell your Forge admins.',
  slow: 'Forge could not save this in time, so nothing was done. Try again in a minute.',
  stopping: 'Forge is restarting, so nothing was done. Try again in a few seconds.',
};

export function refusedWhileStopping(): Admission {
  return { kind: 'failed', sentence: sentences.stopping };
}

/** Checks and keeps it within Slack's patience. Never rejects. */
export async function admit(incoming: Incoming, reception: Reception, log: Log): Promise<Admission> {
  const admission = checkAndKeep(incoming, reception, log);
  const patience = new AbortController();
  const first = await Promise.race([admission, lateAfter(patienceMs, patience.signal)]);
  patience.abort();
  if (first !== 'late') return first;

  log.error('Something from Slack was not kept in time', {
    id: incoming.id,
    kind: incoming.kind,
    patienceMs,
  });
  void discardWhenKept(incoming, admission, { reception, log });
  return { kind: 'failed', sentence: sentences.slow };
}

async function checkAndKeep(incoming: Incoming, reception: Reception, log: Log): Promise<Admission> {
  try {
    if (incoming.kind === 'submission') {
      const check = await reception.check(incoming);
      if (check.kind === 'errors') return check;
    }
    return { kind: (await reception.keep(incoming)) ? 'kept' : 'known' };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'failed', sentence: error.message };
    log.error('Something from Slack could not be kept', {
      id: incoming.id,
      kind: incoming.kind,
      problem: messageOf(error),
    });
    return { kind: 'failed', sentence: sentences.fault };
  }
}

/** The person was told that nothing was done, so it must not be done when the database wakes up. */
async function discardWhenKept(
  incoming: Incoming,
  admission: Promise<Admission>,
  { reception, log }: { reception: Reception; log: Log },
): Promise<void> {
  try {
    if ((await admission).kind === 'kept') await reception.discard(incoming, 'kept too late');
  } catch (error) {
    log.error('Something that was kept too late could not be discarded; a restart may do it', {
      id: incoming.id,
      problem: messageOf(error),
    });
  }
}

async function lateAfter(milliseconds: number, signal: AbortSignal): Promise<'late'> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return 'late';
}
