import type { Json } from '../src/domain/json.ts';
import type { Change } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { and, eq, inArray, isNull, sql } from './drizzle.ts';
import { run, signal } from './schema.sqlite.ts';

type StartRun = Omit<Extract<Change, { kind: 'start-run' }>, 'kind'>;

/** Queues a run. False: its id was there before, and nothing was written. */
export function startRun({ orm }: Database, start: StartRun, at: number): boolean {
  const written = orm
    .insert(run)
    .values({
      id: start.id,
      job: start.job,
      key: start.key ?? null,
      input: { value: start.input },
      status: 'queued',
      position: sql`(select coalesce(max(${run.position}), 0) + 1 from ${run})`,
      // Not now: when the clock is set back, now is in the future.
      startAt: start.at ?? 0,
      priority: start.priority ?? 0,
      paused: false,
      createdAt: at,
    })
    .onConflictDoNothing({ target: run.id })
    .run();
  return written.changes > 0;
}

type Ring = { run: string; name: string; id: string; by: string; value: Json; unlessRung?: boolean };

/** Keeps a signal; the same id of the same run and name is kept once. */
export function ringRun(database: Database, ring: Ring, at: number): void {
  const { run: to, name, id, by, value, unlessRung } = ring;
  if (unlessRung === true && isRung(database, ring)) return;
  database.orm
    .insert(signal)
    .values({
      run: to,
      name,
      id,
      by,
      at,
      value: { value },
      position: sql`(select coalesce(max(${signal.position}), 0) + 1 from ${signal} where ${signal.run} = ${to})`,
    })
    .onConflictDoNothing()
    .run();
}

function isRung({ orm }: Database, { run: to, name }: Ring): boolean {
  const waiting = and(eq(signal.run, to), eq(signal.name, name), isNull(signal.takenBy));
  return orm.select({ id: signal.id }).from(signal).where(waiting).limit(1).all().length > 0;
}

/**
 * A run that has not begun ends at once, another is flagged: one that is queued to be tried again may have something to put
 * back. The first abort counts, and a run that ended is left alone.
 */
export function abortRun(
  { orm }: Database,
  abort: { run: string; by: string; reason: string },
  at: number,
): void {
  const hasNotBegun = sql`${run.status} = 'queued' and ${run.startedAt} is null`;
  orm
    .update(run)
    .set({
      abortBy: abort.by,
      abortReason: abort.reason,
      endedAt: sql`case when ${hasNotBegun} then ${at} end`,
      status: sql`case when ${hasNotBegun} then 'aborted' else ${run.status} end`,
    })
    .where(and(eq(run.id, abort.run), isNull(run.abortBy), inArray(run.status, ['queued', 'active'])))
    .run();
}
