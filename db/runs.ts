import { z } from 'zod';
import type { RunEnd, RunRecord } from '../jobs/engine/driver.ts';
import type { RunStatus } from '../jobs/engine/engine.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, getTableColumns, gt, inArray, lte } from './drizzle.ts';
import { run } from './schema.sqlite.ts';
import { mayPass } from './sqlite-errors.ts';

const Status = z.enum([
  'queued',
  'active',
  'done',
  'failed',
  'aborted',
  'stuck',
]) satisfies z.ZodType<RunStatus>;

type Row = typeof run.$inferSelect;
export type FullRun = RunRecord & { errorName: string | undefined };

/** One that cannot be read, as newer code or damage may leave it, is given as stuck. */
export function findRun(database: Database, id: string): FullRun | undefined {
  try {
    const row = database.orm.select().from(run).where(eq(run.id, id)).get();
    return row && toRun(row);
  } catch (error) {
    if (mayPass(error)) throw error;
    return unreadableRun(database, id, error);
  }
}

/** Kept with one of these statuses, in the order they were started. One that cannot be read is given as stuck. */
export function listRuns(database: Database, statuses: readonly RunStatus[]): FullRun[] {
  const { orm } = database;
  const wanted = inArray(run.status, [...statuses]);
  try {
    return orm.select().from(run).where(wanted).orderBy(asc(run.position)).all().map(toRun);
  } catch (error) {
    if (mayPass(error)) throw error;
    // One that cannot be read must not hide the others.
    const rows = orm.select({ id: run.id }).from(run).where(wanted).orderBy(asc(run.position)).all();
    return rows.map(({ id }) => findRun(database, id)).filter((found) => found !== undefined);
  }
}

function unreadableRun({ orm }: Database, id: string, error: unknown): FullRun | undefined {
  const { input: _input, output: _output, ...readable } = getTableColumns(run);
  const row = orm.select(readable).from(run).where(eq(run.id, id)).get();
  if (row === undefined) return undefined;
  const stuck = { ...row, status: 'stuck', error: `It cannot be read: ${messageOf(error)}` };
  return toRun({ ...stuck, input: { value: null }, output: null });
}

export function pauseRun({ orm }: Database, id: string, pause: { paused: boolean; by: string }): void {
  const values = { paused: pause.paused, pausedBy: pause.paused ? pause.by : null };
  orm.update(run).set(values).where(eq(run.id, id)).run();
}

/** Queued runs of these jobs whose time has come, whose key is free and that nobody paused; best first. */
export function admissibleRuns(
  { orm }: Database,
  jobs: readonly string[],
  now: number,
): { id: string; job: string }[] {
  const active = orm.select({ key: run.key }).from(run).where(eq(run.status, 'active')).all();
  const taken = new Set(active.map((row) => row.key).filter((key) => key !== null));
  const ready = orm
    .select({ id: run.id, job: run.job, key: run.key })
    .from(run)
    .where(
      and(
        eq(run.status, 'queued'),
        lte(run.startAt, now),
        eq(run.paused, false),
        inArray(run.job, [...jobs]),
      ),
    )
    .orderBy(desc(run.priority), asc(run.position))
    .all();
  const admissible: { id: string; job: string }[] = [];
  for (const row of ready) {
    if (row.key !== null && taken.has(row.key)) continue;
    if (row.key !== null) taken.add(row.key);
    admissible.push(row);
  }
  return admissible;
}

export function activateRun({ orm }: Database, id: string, start: { version: number; at: number }): void {
  orm
    .update(run)
    .set({ status: 'active', version: start.version, startedAt: start.at })
    .where(and(eq(run.id, id), eq(run.status, 'queued')))
    .run();
}

export function endRun({ orm }: Database, id: string, end: RunEnd & { at: number }): void {
  orm
    .update(run)
    .set({
      status: end.status,
      endedAt: end.at,
      error: end.error ?? null,
      errorName: end.errorName ?? null,
      ...(end.status === 'done' ? { output: { value: end.output } } : {}),
    })
    .where(and(eq(run.id, id), eq(run.status, 'active')))
    .run();
}

/** The abort that an active run has still to meet. */
export function abortOf({ orm }: Database, id: string): { by: string; reason: string } | undefined {
  const row = orm.select({ by: run.abortBy, reason: run.abortReason }).from(run).where(eq(run.id, id)).get();
  return row && toAbort(row.by, row.reason);
}

export function nextStartAt({ orm }: Database, now: number): number | undefined {
  const later = and(eq(run.status, 'queued'), gt(run.startAt, now), eq(run.paused, false));
  const [next] = orm
    .select({ at: run.startAt })
    .from(run)
    .where(later)
    .orderBy(asc(run.startAt))
    .limit(1)
    .all();
  return next?.at;
}

/** Abort and pause of every active run. */
export function activeFlags({ orm }: Database): { id: string; abort: RunRecord['abort']; paused: boolean }[] {
  const flags = { id: run.id, by: run.abortBy, reason: run.abortReason, paused: run.paused };
  const rows = orm.select(flags).from(run).where(eq(run.status, 'active')).all();
  return rows.map((row) => ({ id: row.id, abort: toAbort(row.by, row.reason), paused: row.paused }));
}

function toAbort(by: string | null, reason: string | null): RunRecord['abort'] {
  return by === null ? undefined : { by, reason: reason ?? '' };
}

function toRun(row: Row): FullRun {
  return {
    id: row.id,
    job: row.job,
    version: row.version ?? 0,
    key: row.key ?? undefined,
    status: Status.parse(row.status),
    paused: row.paused,
    input: row.input.value ?? null,
    output: row.output?.value,
    error: row.error ?? undefined,
    errorName: row.errorName ?? undefined,
    createdAt: row.createdAt,
    startedAt: row.startedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    abort: toAbort(row.abortBy, row.abortReason),
  };
}
