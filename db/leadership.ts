import {
  Fenced,
  type JournalEntry,
  type Leadership,
  type Outcome,
  type Place,
} from '../jobs/engine/driver.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ChangeWriter } from './changes.ts';
import type { Database } from './database.ts';
import { eq } from './drizzle.ts';
import {
  beginAttempt,
  entriesOf,
  findEntry,
  insertEntry,
  peekSignal,
  postponeAttempt,
  recordOutcome,
  takeSignal,
  untakenSignals,
} from './journal.ts';
import type { Release } from './leader-lock.ts';
import {
  abortOf,
  activateRun,
  activeFlags,
  admissibleRuns,
  endRun,
  findRun,
  listRuns,
  nextStartAt,
} from './runs.ts';
import { engine } from './schema.sqlite.ts';
import { guarded } from './storage-guard.ts';

type Parts = {
  database: Database;
  clock: Clock;
  writeChanges: ChangeWriter;
  epoch: number;
  release: Release;
};

/** What the process that holds the leader's lock may do, for as long as the epoch is its own. */
export function createLeadership({ database, clock, writeChanges, epoch, release }: Parts): Leadership {
  /** Reads are guarded too, so that a leader that only waits learns at its next look that it is none any more. */
  function assertLeading(): void {
    const row = database.orm.select({ epoch: engine.epoch }).from(engine).where(eq(engine.id, 1)).get();
    if (row?.epoch === epoch) return;
    throw new Fenced(`Epoch ${row?.epoch} has begun; this process led in epoch ${epoch}`);
  }

  function fenced<Result>(work: () => Result): Promise<Result> {
    return guarded(() =>
      database.write(() => {
        assertLeading();
        return work();
      }),
    );
  }

  function reading<Result>(work: () => Result): Promise<Result> {
    return guarded(() => {
      assertLeading();
      return work();
    });
  }

  /** What is recorded already, or an abort that ends the operation now. */
  function settled(place: Place): JournalEntry | undefined {
    const entry = findEntry(database, place);
    if (entry?.outcome !== undefined) return entry;
    const abort = place.deliverAbort ? abortOf(database, place.run) : undefined;
    if (abort === undefined) return undefined;
    write(place, { kind: 'aborted', ...abort });
    return written(place);
  }

  function write(place: Place, outcome: Outcome): Outcome {
    recordOutcome(database, place, { outcome, now: clock.now() });
    return outcome;
  }

  function written(place: Place): JournalEntry {
    const entry = findEntry(database, place);
    if (entry === undefined)
      throw new Error(`Operation ${place.sequence} of ${place.run} is not in the journal`);
    return entry;
  }

  return {
    activeRuns: () => reading(() => listRuns(database, ['active'])),
    async admit(versions) {
      const jobs = [...versions.keys()];
      const candidates = await reading(() => admissibleRuns(database, jobs, clock.now()));
      if (candidates.length === 0) return [];
      return fenced(() => {
        const admitted = admissibleRuns(database, jobs, clock.now());
        for (const run of admitted) {
          activateRun(database, run.id, { version: versions.get(run.job) ?? 0, at: clock.now() });
        }
        return admitted.map((run) => findRun(database, run.id)).filter((run) => run !== undefined);
      });
    },
    look: () =>
      reading(() => ({
        runs: activeFlags(database),
        rung: untakenSignals(database),
        nextStartAt: nextStartAt(database, clock.now()),
      })),
    journal: (run) => reading(() => entriesOf(database, run)),

    begin: (place) => fenced(() => settled(place) ?? beginAttempt(database, place, clock.now())),
    postpone: (place, dueAt) =>
      fenced(() => {
        postponeAttempt(database, place, dueAt);
      }),
    open: (place, { dueAt, changes = [] }) =>
      fenced(() => {
        const known = settled(place) ?? findEntry(database, place);
        if (known !== undefined) return known;
        insertEntry(database, place, { dueAt, now: clock.now() });
        if (writeChanges(changes) !== 'committed') throw new Error(`${place.name} could not be opened`);
        return written(place);
      }),
    record: (place, outcome) => fenced(() => settled(place)?.outcome ?? write(place, outcome)),
    async commit(place, { changes, value }) {
      const outcome = await fenced(() => {
        const known = settled(place)?.outcome;
        if (known !== undefined) return known;
        const result = writeChanges(changes);
        const answer = result === 'conflict' ? 'conflict' : 'committed';
        return write(place, { kind: 'ok', value: value ?? answer });
      });
      database.announce();
      return outcome;
    },
    take: (place, { name, until }) =>
      fenced(() => {
        const known = settled(place)?.outcome;
        if (known !== undefined) return known;
        const taken = takeSignal(database, place, { name, until });
        return taken && write(place, { kind: 'ok', value: { kind: 'signalled', ...taken } });
      }),
    peek: (run, name) => reading(() => peekSignal(database, run, name)),
    async end(run, end) {
      await fenced(() => {
        endRun(database, run, { ...end, at: clock.now() });
      });
      database.announce();
    },
    async release() {
      release();
    },
  };
}
