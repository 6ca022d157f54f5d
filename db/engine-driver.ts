import { type Driver, type RunRecord, StorageDamaged } from '../jobs/engine/driver.ts';
import type { Clock } from '../src/ports/clock.ts';
import { createActiveRuns } from './active-runs.ts';
import { createChangeWriter } from './changes.ts';
import type { Database } from './database.ts';
import { sql } from './drizzle.ts';
import { createJournal } from './journal.ts';
import { tryLeaderLock } from './leader-lock.ts';
import { createLeadership } from './leadership.ts';
import { abortRun, ringRun, startRun } from './run-changes.ts';
import { findRun, listRuns, pauseRun, retryRun } from './runs.ts';
import { engine } from './schema.sqlite.ts';
import { guarded, storageError } from './storage-guard.ts';
import { createWriteGroup } from './write-group.ts';

/** Keeps the engine's runs in the database, beside what they are about. */
export function createEngineDriver(database: Database, { clock }: { clock: Clock }): Driver {
  const writeChanges = createChangeWriter(database, clock);
  const journal = createJournal(database);
  const runs = createActiveRuns(database);

  const grouped = createWriteGroup(database, { guard: () => undefined });

  async function write<Result>(work: () => Result): Promise<Result> {
    const result = await grouped(work);
    database.announce();
    return result;
  }

  function requireRun(id: string): RunRecord {
    const run = findRun(database, id);
    if (run === undefined) throw new Error(`There is no run ${id}`);
    return run;
  }

  return {
    onWrite: (listener) => database.onWrite(listener),
    announce: () => database.announce(),
    startRun: (start) => write(() => (startRun(database, start, clock.now()) ? 'queued' : 'exists')),
    signal: (ring) => write(() => ringRun(database, ring, clock.now())),
    abort: (id, abort) =>
      write(() => {
        requireRun(id);
        abortRun(database, { run: id, ...abort }, clock.now());
      }),
    pause: (id, options) =>
      write(() => {
        requireRun(id);
        pauseRun(database, id, options);
      }),
    retry: (id, by) =>
      write(() => {
        const { status } = requireRun(id);
        if (status !== 'stuck') {
          throw new Error(`Run ${id} is ${status}: only a stuck run can be tried again`);
        }
        retryRun(database, id, by);
      }),
    get: (id) => guarded(() => findRun(database, id)),
    list: (statuses) =>
      guarded(() => listRuns(database, statuses).filter(({ status }) => statuses.includes(status))),
    damageIn(error) {
      const named = storageError(error);
      return named instanceof StorageDamaged ? named : undefined;
    },
    async tryToLead(owner) {
      const release = tryLeaderLock(database.path);
      if (release === undefined) return undefined;
      try {
        const epoch = beginEpoch(database, owner, clock.now());
        return createLeadership({ database, clock, writeChanges, journal, runs, epoch, release });
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** From here on, writes of whoever led before are refused. */
function beginEpoch(database: Database, owner: string, since: number): number {
  return database.write(() => {
    const [row] = database.orm
      .insert(engine)
      .values({ id: 1, epoch: 1, owner, since })
      .onConflictDoUpdate({ target: engine.id, set: { epoch: sql`${engine.epoch} + 1`, owner, since } })
      .returning({ epoch: engine.epoch })
      .all();
    if (row === undefined) throw new Error('Could not begin an epoch');
    return row.epoch;
  });
}
