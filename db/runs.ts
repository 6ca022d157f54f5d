import { z } from 'zod';
import type { RunRecord } from '../jobs/engine/driver.ts';
import type { RunStatus } from '../jobs/engine/engine.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { Database } from './database.ts';
import { and, asc, eq, getTableColumns, inArray } from './drizzle.ts';
import { run } from './schema.sqlite.ts';
import { isCollective } from './sqlite-errors.ts';

const Status = z.enum([
  'queued',
  'active',
  'done',
  'failed',
  'aborted',
  'stuck',
]) satisfies z.ZodType<RunStatus>;

type Row = typeof run.$inferSelect;

/** One that cannot be read, as newer code or damage may leave it, is given as stuck. */
export function findRun(database: Database, id: string): RunRecord | undefined {
  try {
    const row = database.orm.select().from(run).where(eq(run.id, id)).get();
    return row && toRun(row);
  } catch (error) {
    if (isCollective(error)) throw error;
    return unreadableRun(database, id, error);
  }
}

/** Kept with one of these statuses, in the order they were started. One that cannot be read is given as stuck. */
export function listRuns(database: Database, statuses: readonly RunStatus[]): RunRecord[] {
  const { orm } = database;
  const wanted = inArray(run.status, [...statuses]);
  try {
    return orm.select().from(run).where(wanted).orderBy(asc(run.position)).all().map(toRun);
  } catch (error) {
    if (isCollective(error)) throw error;
    // One that cannot be read must not hide the others.
    const rows = orm.select({ id: run.id }).from(run).where(wanted).orderBy(asc(run.position)).all();
    return rows.map(({ id }) => findRun(database, id)).filter((found) => found !== undefined);
  }
}

function unreadableRun({ orm }: Database, id: string, error: unknown): RunRecord | undefined {
  const { input: _input, output: _output, ...readable } = getTableColumns(run);
  const row = orm.select(readable).from(run).where(eq(run.id, id)).get();
  if (row === undefined) return undefined;
  const stuck = { ...row, status: 'stuck', error: `It cannot be read: ${messageOf(error)}` };
  return toRun({ ...stuck, input: { value: null }, output: null });
}

/** Queues a stuck run again, as the run it was. */
export function retryRun({ orm }: Database, id: string, by: string): void {
  const queued = { status: 'queued', endedAt: null, error: null, errorName: null, retriedBy: by };
  orm
    .update(run)
    .set(queued)
    .where(and(eq(run.id, id), eq(run.status, 'stuck')))
    .run();
}

export function pauseRun({ orm }: Database, id: string, pause: { paused: boolean; by: string }): void {
  const values = { paused: pause.paused, pausedBy: pause.paused ? pause.by : null };
  orm.update(run).set(values).where(eq(run.id, id)).run();
}

export function toAbort(by: string | null, reason: string | null): RunRecord['abort'] {
  return by === null ? undefined : { by, reason: reason ?? '' };
}

function toRun(row: Row): RunRecord {
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
    firstSequence: row.firstSequence,
  };
}
