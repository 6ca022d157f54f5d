import type { Abort, RunEnd } from '../jobs/engine/driver.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, gt, isNotNull, lte, or, placeholder, sql } from './drizzle.ts';
import { toAbort } from './runs.ts';
import { run } from './schema.sqlite.ts';

type Flagged = { id: string; abort: Abort | undefined; paused: boolean };

export type ActiveRuns = {
  /** Queued runs of these jobs whose time has come, whose key is free and that nobody paused, or else aborted; best first. */
  admissible(jobs: ReadonlySet<string>, now: number): { id: string; job: string }[];
  /** A run that was active before keeps the version and the time it began with. */
  activate(id: string, start: { version: number; at: number }): void;
  end(id: string, end: RunEnd & { at: number }): void;
  /** The abort that an active run has still to meet. */
  abortOf(id: string): Abort | undefined;
  nextStartAt(now: number): number | undefined;
  /** Active runs that are to be aborted or are paused. */
  flagged(): Flagged[];
};

/** What the leader asks all the time, as statements that are made once. */
export function createActiveRuns(database: Database): ActiveRuns {
  const statements = prepare(database);
  return {
    admissible(jobs, now) {
      const ready = statements.ready.all({ now }).filter(({ job }) => jobs.has(job));
      if (ready.length === 0) return [];
      const taken = new Set(statements.takenKeys.all().map(({ key }) => key));
      return ready.filter(({ key }) => {
        if (key === null) return true;
        const isFree = !taken.has(key);
        taken.add(key);
        return isFree;
      });
    },
    activate(id, { version, at }) {
      statements.activate.run({ id, version, at });
    },
    end(id, { status, at, error = null, errorName = null, output }) {
      if (status === 'done') statements.done.run({ id, at, output: { value: output } });
      else statements.end.run({ id, status, at, error, errorName });
    },
    abortOf(id) {
      const row = statements.abort.get({ id });
      return row && toAbort(row.by, row.reason);
    },
    nextStartAt: (now) => statements.next.get({ now })?.at,
    flagged: () =>
      statements.flagged
        .all()
        .map(({ id, by, reason, paused }) => ({ id, abort: toAbort(by, reason), paused })),
  };
}

function prepare({ orm }: Database) {
  const here = eq(run.id, placeholder('id'));
  const isWaiting = and(eq(run.status, 'queued'), or(eq(run.paused, false), isNotNull(run.abortBy)));
  const flags = { id: run.id, by: run.abortBy, reason: run.abortReason, paused: run.paused };
  return {
    ready: orm
      .select({ id: run.id, job: run.job, key: run.key })
      .from(run)
      .where(and(isWaiting, lte(run.startAt, placeholder('now'))))
      .orderBy(desc(run.priority), asc(run.position))
      .prepare(),
    takenKeys: orm
      .select({ key: run.key })
      .from(run)
      .where(and(eq(run.status, sql`'active'`), isNotNull(run.key)))
      .prepare(),
    next: orm
      .select({ at: run.startAt })
      .from(run)
      .where(and(isWaiting, gt(run.startAt, placeholder('now'))))
      .orderBy(asc(run.startAt))
      .limit(1)
      .prepare(),
    activate: orm
      .update(run)
      .set({
        status: 'active',
        version: sql`coalesce(${run.version}, ${placeholder('version')})`,
        startedAt: sql`coalesce(${run.startedAt}, ${placeholder('at')})`,
      })
      .where(and(here, eq(run.status, 'queued')))
      .prepare(),
    end: orm
      .update(run)
      .set({
        status: sql`${placeholder('status')}`,
        endedAt: sql`${placeholder('at')}`,
        error: sql`${placeholder('error')}`,
        errorName: sql`${placeholder('errorName')}`,
      })
      .where(and(here, eq(run.status, 'active')))
      .prepare(),
    done: orm
      .update(run)
      .set({
        status: 'done',
        endedAt: sql`${placeholder('at')}`,
        output: sql`${sql.param(placeholder('output'), run.output)}`,
      })
      .where(and(here, eq(run.status, 'active')))
      .prepare(),
    abort: orm.select({ by: run.abortBy, reason: run.abortReason }).from(run).where(here).prepare(),
    // The literal lets SQLite use the partial index of active runs that are flagged.
    flagged: orm
      .select(flags)
      .from(run)
      .where(and(sql`${run.status} = 'active'`, or(isNotNull(run.abortBy), sql`${run.paused}`)))
      .prepare(),
  };
}
