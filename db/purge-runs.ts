import type { Database } from './database.ts';
import { and, asc, inArray, isNotNull, isNull, lt, notExists, sql } from './drizzle.ts';
import { operation, run, signal } from './schema.sqlite.ts';

/** Deletes journals and signals of runs that ended before that time. Returns how many runs' there were. */
export function purgeRuns(
  { orm }: Pick<Database, 'orm'>,
  { before, limit }: { before: number; limit: number },
  now: number,
): number {
  const isOver = and(isNotNull(run.endedAt), isNull(run.purgedAt), sql`${run.status} <> 'stuck'`);
  const old = orm
    .select({ id: run.id })
    .from(run)
    .where(and(isOver, lt(run.endedAt, before)))
    .orderBy(asc(run.endedAt))
    .limit(limit)
    .all()
    .map(({ id }) => id);
  orm.delete(operation).where(inArray(operation.run, old)).run();
  orm.delete(signal).where(inArray(signal.run, old)).run();
  orm.update(run).set({ purgedAt: now }).where(inArray(run.id, old)).run();
  if (old.length === 0) forgetStraySignals({ orm }, before);
  return old.length;
}

/** Rung for runs that never came, or that had ended and were purged. */
function forgetStraySignals({ orm }: Pick<Database, 'orm'>, before: number): void {
  const isAwaited = orm
    .select({ one: sql`1` })
    .from(run)
    .where(and(sql`${run.id} = ${signal.run}`, isNull(run.purgedAt)));
  orm
    .delete(signal)
    .where(and(lt(signal.at, before), notExists(isAwaited)))
    .run();
}
