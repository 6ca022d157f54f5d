import {
  Fenced,
  type JournalEntry,
  type Leadership,
  type Outcome,
  type Place,
} from '../jobs/engine/driver.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ActiveRuns } from './active-runs.ts';
import type { ChangeWriter } from './changes.ts';
import type { Database } from './database.ts';
import { eq } from './drizzle.ts';
import type { Journal } from './journal.ts';
import type { Release } from './leader-lock.ts';
import { purgeRuns } from './purge-runs.ts';
import { findRun, listRuns } from './runs.ts';
import { engine } from './schema.sqlite.ts';
import { guarded } from './storage-guard.ts';
import { createWriteGroup } from './write-group.ts';

type Parts = {
  database: Database;
  clock: Clock;
  writeChanges: ChangeWriter;
  journal: Journal;
  runs: ActiveRuns;
  epoch: number;
  release: Release;
};

/** What the process that holds the leader's lock may do, for as long as the epoch is its own. */
export function createLeadership(parts: Parts): Leadership {
  const { database, clock, writeChanges, journal, runs, epoch, release } = parts;
  const ofEngine = database.orm
    .select({ epoch: engine.epoch })
    .from(engine)
    .where(eq(engine.id, 1))
    .prepare();
  const grouped = createWriteGroup(database, { guard: assertLeading });

  /** Reads are guarded too, so that a leader that only waits learns at its next look that it is none any more. */
  function assertLeading(): void {
    const row = ofEngine.get();
    if (row?.epoch === epoch) return;
    throw new Fenced(`Epoch ${row?.epoch} has begun; this process led in epoch ${epoch}`);
  }

  /** For changes, alone: what reads deployments remembers them, and must not remember what a group then loses. */
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
      const found = work();
      // Afterwards: a process that was frozen between the two would take for its own what the next leader wrote.
      assertLeading();
      return found;
    });
  }

  /** What is recorded already, or an abort that ends the operation now. */
  function settled(place: Place): JournalEntry | undefined {
    const entry = journal.find(place);
    if (entry?.outcome !== undefined) return entry;
    const abort = place.deliverAbort ? runs.abortOf(place.run) : undefined;
    if (abort === undefined) return undefined;
    write(place, { kind: 'aborted', ...abort });
    return written(place);
  }

  function write(place: Place, outcome: Outcome): Outcome {
    journal.record(place, { outcome, now: clock.now() });
    return outcome;
  }

  function written(place: Place): JournalEntry {
    const entry = journal.find(place);
    if (entry === undefined)
      throw new Error(`Operation ${place.sequence} of ${place.run} is not in the journal`);
    return entry;
  }

  return {
    activeRuns: () => reading(() => listRuns(database, ['active'])),
    async admit(versions) {
      const jobs = new Set(versions.keys());
      const candidates = await reading(() => runs.admissible(jobs, clock.now()));
      if (candidates.length === 0) return [];
      return fenced(() => {
        const admitted = runs.admissible(jobs, clock.now());
        for (const { id, job } of admitted) {
          runs.activate(id, { version: versions.get(job) ?? 0, at: clock.now() });
        }
        return admitted.map(({ id }) => findRun(database, id)).filter((run) => run !== undefined);
      });
    },
    look: () =>
      reading(() => ({
        flagged: runs.flagged(),
        rung: journal.untakenSignals(),
        nextStartAt: runs.nextStartAt(clock.now()),
      })),
    journal: (run) => reading(() => journal.entries(run)),

    begin: (place) => grouped(() => settled(place) ?? journal.begin(place, clock.now())),
    postpone: (place, dueAt) => grouped(() => journal.postpone(place, dueAt)),
    ask: (place, dueAt) => grouped(() => journal.ask(place, dueAt)),
    recordUnanswered: (place, { answer, heard, outcome }) =>
      grouped(() => {
        const known = settled(place)?.outcome;
        if (known !== undefined) return known;
        return journal.peek(place.run, answer).length > heard ? undefined : write(place, outcome);
      }),
    open(place, { dueAt, changes = [] }) {
      const write = changes.length === 0 ? grouped : fenced;
      return write(() => {
        // Once it is open its children run: an abort then waits for them, also after a crash.
        const known = journal.find(place) ?? settled(place);
        if (known !== undefined) return known;
        journal.insert(place, { dueAt, now: clock.now() });
        if (writeChanges(changes) !== 'committed') throw new Error(`${place.name} could not be opened`);
        return written(place);
      });
    },
    record: (place, outcome) => grouped(() => settled(place)?.outcome ?? write(place, outcome)),
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
    take: (place, wanted) =>
      grouped(() => {
        const known = settled(place)?.outcome;
        if (known !== undefined) return known;
        const taken = journal.take(place, { name: wanted.name, until: wanted.until });
        return taken && write(place, { kind: 'ok', value: { kind: 'signalled', ...taken } });
      }),
    peek: (run, name) => reading(() => journal.peek(run, name)),
    startOver: (id, sequence) =>
      grouped(() => {
        journal.startOver(id, sequence);
        const run = findRun(database, id);
        if (run === undefined) throw new Error(`There is no run ${id} to start over`);
        return run;
      }),
    async end(run, end) {
      await grouped(() => runs.end(run, { ...end, at: clock.now() }));
      database.announce();
    },
    purge: (old) => fenced(() => purgeRuns(database, old, clock.now())),
    compact: () => reading(() => database.checkpoint()),
    async release() {
      release();
    },
  };
}
