import type { JournalEntry, Outcome, Place } from '../jobs/engine/driver.ts';
import type { Json } from '../src/domain/json.ts';
import type { Database } from './database.ts';
import { and, asc, eq, inArray, isNull, lte, placeholder, sql } from './drizzle.ts';
import { operation, run, signal } from './schema.sqlite.ts';

type Row = typeof operation.$inferSelect;
type Address = Pick<Place, 'run' | 'sequence'>;
type Taken = { value: Json; by: string; at: number };
type Rung = { run: string; name: string };

export type Journal = {
  entries(id: string): JournalEntry[];
  find(place: Address): JournalEntry | undefined;
  /** Counts one more attempt. What an earlier one did stays unknown until the operation has an outcome. */
  begin(place: Place, now: number): JournalEntry;
  postpone(place: Address, dueAt: number): void;
  /** Keeps until when people may answer for a running attempt; the first such time counts, and is returned. */
  ask(place: Address, dueAt: number): number;
  insert(place: Place, opening: { dueAt: number | undefined; now: number }): void;
  record(place: Place, end: { outcome: Outcome; now: number }): void;
  /** Takes the oldest signal of that name that was sent until `until`. */
  take(place: Address, wanted: { name: string; until: number | undefined }): Taken | undefined;
  /** Values of the signals of that name, in the order they came. */
  peek(id: string, name: string): Json[];
  untakenSignals(): Rung[];
  /** Deletes the run's entries; the next one has this sequence or a higher one. */
  startOver(id: string, sequence: number): void;
};

/** The journal of every run. Its statements are made once: building their text took longer than carrying them out. */
export function createJournal(database: Database): Journal {
  const entry = entryStatements(database);
  const bell = signalStatements(database);
  return {
    entries: (id) => entry.all.all({ run: id }).map(toEntry),
    find(place) {
      const row = entry.one.get({ run: place.run, sequence: place.sequence });
      return row && toEntry(row);
    },
    begin(place, now) {
      const [row] = entry.begin.all({ ...addressOf(place), kind: place.kind, name: place.name, now });
      if (row === undefined) throw new Error(`Could not begin operation ${place.sequence} of ${place.run}`);
      return toEntry(row);
    },
    postpone(place, dueAt) {
      entry.postpone.run({ ...addressOf(place), dueAt });
    },
    ask(place, dueAt) {
      entry.ask.run({ ...addressOf(place), dueAt });
      return entry.one.get(addressOf(place))?.dueAt ?? dueAt;
    },
    insert(place, { dueAt, now }) {
      const { kind, name } = place;
      entry.insert.run({ ...addressOf(place), kind, name, now, dueAt: dueAt ?? null });
    },
    record(place, { outcome, now }) {
      const { kind, name } = place;
      entry.record.run({ ...addressOf(place), kind, name, now, outcome });
    },
    take(place, { name, until }) {
      const row = bell.oldest.get({ run: place.run, name, until: until ?? Number.MAX_SAFE_INTEGER });
      if (row === undefined) return undefined;
      bell.take.run({ ...addressOf(place), name, id: row.id });
      return { value: row.value.value ?? null, by: row.by, at: row.at };
    },
    peek(id, name) {
      return bell.all.all({ run: id, name }).map(({ value }) => value.value ?? null);
    },
    untakenSignals: () => bell.untaken.all(),
    startOver(id, sequence) {
      const { last } = entry.last.get({ run: id }) ?? { last: null };
      entry.forget.run({ run: id });
      entry.countFrom.run({ run: id, sequence: Math.max(sequence, (last ?? -1) + 1) });
    },
  };
}

function entryStatements({ orm }: Database) {
  const here = and(eq(operation.run, placeholder('run')), eq(operation.sequence, placeholder('sequence')));
  const target = [operation.run, operation.sequence];
  const row = {
    run: placeholder('run'),
    sequence: placeholder('sequence'),
    kind: placeholder('kind'),
    name: placeholder('name'),
    attempt: 0,
    running: false,
    unknown: false,
    startedAt: placeholder('now'),
  };
  return {
    all: orm
      .select()
      .from(operation)
      .where(eq(operation.run, placeholder('run')))
      .orderBy(asc(operation.sequence))
      .prepare(),
    last: orm
      .select({ last: sql<number | null>`max(${operation.sequence})` })
      .from(operation)
      .where(eq(operation.run, placeholder('run')))
      .prepare(),
    forget: orm
      .delete(operation)
      .where(eq(operation.run, placeholder('run')))
      .prepare(),
    countFrom: orm
      .update(run)
      .set({ firstSequence: sql`${placeholder('sequence')}` })
      .where(eq(run.id, placeholder('run')))
      .prepare(),
    one: orm.select().from(operation).where(here).prepare(),
    begin: orm
      .insert(operation)
      .values({ ...row, attempt: 1, running: true })
      .onConflictDoUpdate({
        target,
        set: {
          attempt: sql`${operation.attempt} + 1`,
          unknown: sql`${operation.unknown} or ${operation.running}`,
          running: true,
          dueAt: null,
        },
      })
      .returning()
      .prepare(),
    postpone: orm
      .update(operation)
      .set({ running: false, dueAt: sql`${placeholder('dueAt')}` })
      .where(and(here, isNull(operation.outcome)))
      .prepare(),
    ask: orm
      .update(operation)
      .set({ dueAt: sql`coalesce(${operation.dueAt}, ${placeholder('dueAt')})` })
      .where(and(here, eq(operation.running, true), isNull(operation.outcome)))
      .prepare(),
    insert: orm
      .insert(operation)
      .values({ ...row, dueAt: placeholder('dueAt') })
      .prepare(),
    record: orm
      .insert(operation)
      .values({ ...row, outcome: placeholder('outcome'), endedAt: placeholder('now') })
      .onConflictDoUpdate({
        target,
        set: { outcome: sql`excluded.outcome`, running: false, endedAt: sql`excluded.ended_at` },
      })
      .prepare(),
  };
}

function signalStatements({ orm }: Database) {
  const named = and(eq(signal.run, placeholder('run')), eq(signal.name, placeholder('name')));
  return {
    oldest: orm
      .select()
      .from(signal)
      .where(and(named, isNull(signal.takenBy), lte(signal.at, placeholder('until'))))
      .orderBy(asc(signal.position))
      .limit(1)
      .prepare(),
    take: orm
      .update(signal)
      .set({ takenBy: sql`${placeholder('sequence')}` })
      .where(and(named, eq(signal.id, placeholder('id'))))
      .prepare(),
    all: orm.select().from(signal).where(named).orderBy(asc(signal.position)).prepare(),
    untaken: orm
      .selectDistinct({ run: signal.run, name: signal.name })
      .from(signal)
      .innerJoin(run, and(eq(run.id, signal.run), inArray(run.status, ['active'])))
      .where(isNull(signal.takenBy))
      .prepare(),
  };
}

function addressOf({ run: id, sequence }: Address): { run: string; sequence: number } {
  return { run: id, sequence };
}

function toEntry(row: Row): JournalEntry {
  const { sequence, kind, name, attempt, running, unknown, dueAt, outcome } = row;
  return {
    sequence,
    kind,
    name,
    attempt,
    running,
    unknown,
    dueAt: dueAt ?? undefined,
    outcome: outcome ?? undefined,
  };
}
