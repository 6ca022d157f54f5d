import type { JournalEntry, Outcome, Place } from '../jobs/engine/driver.ts';
import type { Json } from '../src/domain/json.ts';
import type { Database } from './database.ts';
import { and, asc, eq, inArray, isNull, lte, sql } from './drizzle.ts';
import { operation, run, signal } from './schema.sqlite.ts';

type Row = typeof operation.$inferSelect;
type Address = Pick<Place, 'run' | 'sequence'>;

export function entriesOf({ orm }: Database, id: string): JournalEntry[] {
  const rows = orm.select().from(operation).where(eq(operation.run, id));
  return rows.orderBy(asc(operation.sequence)).all().map(toEntry);
}

export function findEntry({ orm }: Database, place: Address): JournalEntry | undefined {
  const row = orm.select().from(operation).where(at(place)).get();
  return row && toEntry(row);
}

/** Counts one more attempt. What an earlier one did stays unknown until the operation has an outcome. */
export function beginAttempt({ orm }: Database, place: Place, now: number): JournalEntry {
  const [row] = orm
    .insert(operation)
    .values({ ...newRow(place, now), attempt: 1, running: true })
    .onConflictDoUpdate({
      target: [operation.run, operation.sequence],
      set: {
        attempt: sql`${operation.attempt} + 1`,
        unknown: sql`${operation.unknown} or ${operation.running}`,
        running: true,
        dueAt: null,
      },
    })
    .returning()
    .all();
  if (row === undefined) throw new Error(`Could not begin operation ${place.sequence} of ${place.run}`);
  return toEntry(row);
}

export function postponeAttempt({ orm }: Database, place: Address, dueAt: number): void {
  orm
    .update(operation)
    .set({ running: false, dueAt })
    .where(and(at(place), isNull(operation.outcome)))
    .run();
}

export function insertEntry(
  { orm }: Database,
  place: Place,
  opening: { dueAt: number | undefined; now: number },
): void {
  orm
    .insert(operation)
    .values({ ...newRow(place, opening.now), dueAt: opening.dueAt ?? null })
    .run();
}

export function recordOutcome({ orm }: Database, place: Place, end: { outcome: Outcome; now: number }): void {
  const ended = { outcome: end.outcome, running: false, endedAt: end.now };
  orm
    .insert(operation)
    .values({ ...newRow(place, end.now), ...ended })
    .onConflictDoUpdate({ target: [operation.run, operation.sequence], set: ended })
    .run();
}

type Taken = { value: Json; by: string; at: number };

/** Takes the oldest signal of that name that was sent until `until`. */
export function takeSignal(
  { orm }: Database,
  place: Address,
  wanted: { name: string; until: number | undefined },
): Taken | undefined {
  const row = orm
    .select()
    .from(signal)
    .where(
      and(
        eq(signal.run, place.run),
        eq(signal.name, wanted.name),
        isNull(signal.takenBy),
        wanted.until === undefined ? undefined : lte(signal.at, wanted.until),
      ),
    )
    .orderBy(asc(signal.position))
    .limit(1)
    .get();
  if (row === undefined) return undefined;
  orm
    .update(signal)
    .set({ takenBy: place.sequence })
    .where(and(eq(signal.run, row.run), eq(signal.name, row.name), eq(signal.id, row.id)))
    .run();
  return { value: row.value.value ?? null, by: row.by, at: row.at };
}

export function peekSignal({ orm }: Database, id: string, name: string): Json | undefined {
  const wanted = and(eq(signal.run, id), eq(signal.name, name));
  const row = orm.select().from(signal).where(wanted).orderBy(asc(signal.position)).limit(1).get();
  return row && (row.value.value ?? null);
}

export function untakenSignals({ orm }: Database): { run: string; name: string }[] {
  return orm
    .selectDistinct({ run: signal.run, name: signal.name })
    .from(signal)
    .innerJoin(run, and(eq(run.id, signal.run), inArray(run.status, ['active'])))
    .where(isNull(signal.takenBy))
    .all();
}

function at(place: Address) {
  return and(eq(operation.run, place.run), eq(operation.sequence, place.sequence));
}

function newRow(place: Place, startedAt: number) {
  const { run: id, sequence, kind, name } = place;
  return { run: id, sequence, kind, name, attempt: 0, running: false, unknown: false, startedAt };
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
