import type { Driver, JournalEntry, Leadership, Place, RunEnd, RunRecord } from '../../jobs/engine/driver.ts';
import type { RecordedEntry, RecordedRun } from './recorded-run.ts';

/** What a replay comes to: the end of the run, the first operation the journal does not have, or nothing at all. */
export type ComesTo =
  | { kind: 'end'; end: RunEnd }
  | { kind: 'operation'; place: Place }
  | { kind: 'nothing'; reports: readonly string[] };

/** Gives one recorded run, as far as `entries` go, to whoever leads, and is told what the run comes to then. */
export function createJournalDriver(
  recorded: RecordedRun,
  entries: readonly RecordedEntry[],
  onCome: (to: ComesTo) => void,
): Driver {
  /** Nothing new is carried out: a replay is over here. */
  const beyond = (place: Place): Promise<never> => {
    onCome({ kind: 'operation', place });
    return new Promise(() => undefined);
  };
  const leadership: Leadership = {
    activeRuns: async () => [activeRun(recorded)],
    journal: async () => entries.map(journalEntry),
    admit: async () => [],
    look: async () => ({ flagged: [], rung: [], nextStartAt: undefined }),
    begin: beyond,
    postpone: beyond,
    ask: beyond,
    recordUnanswered: beyond,
    open: beyond,
    record: beyond,
    commit: beyond,
    take: beyond,
    peek: () => refuse('peek'),
    startOver: () => refuse('startOver'),
    purge: () => refuse('purge'),
    compact: () => refuse('compact'),
    async end(_, end) {
      onCome({ kind: 'end', end });
    },
    release: async () => undefined,
  };
  return {
    onWrite: () => () => undefined,
    announce: () => undefined,
    startRun: () => refuse('startRun'),
    signal: () => refuse('signal'),
    abort: () => refuse('abort'),
    pause: () => refuse('pause'),
    retry: () => refuse('retry'),
    damageIn: () => undefined,
    get: () => refuse('get'),
    list: () => refuse('list'),
    tryToLead: async () => leadership,
  };
}

function refuse(method: string): Promise<never> {
  return Promise.reject(new Error(`A replay has nothing to ${method}`));
}

function activeRun({ run, job, version, key, input }: RecordedRun): RunRecord {
  return {
    ...{ id: run, job, version, input, key: key ?? undefined },
    status: 'active',
    paused: false,
    output: undefined,
    error: undefined,
    createdAt: 0,
    startedAt: 0,
    endedAt: undefined,
    abort: undefined,
    errorName: undefined,
    firstSequence: 0,
  };
}

function journalEntry({ outcome, ...entry }: RecordedEntry): JournalEntry {
  return { ...entry, running: false, unknown: false, dueAt: undefined, outcome };
}
