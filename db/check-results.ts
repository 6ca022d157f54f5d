import type { CheckResultChange, CheckResults } from '../src/ports/check-results.ts';
import type { Database } from './database.ts';
import { eq, lt } from './drizzle.ts';
import { checkResult } from './schema.sqlite.ts';

/** Older ones are forgotten when another is kept. Milliseconds. */
const KEPT_FOR = 30 * 24 * 60 * 60_000;

export function createCheckResults({ orm }: Pick<Database, 'orm'>): CheckResults {
  return {
    async checkResult(key) {
      const row = orm.select().from(checkResult).where(eq(checkResult.key, key)).get();
      return row === undefined ? undefined : { at: row.at, detail: row.detail };
    },
  };
}

export function keepCheckResult({ orm }: Database, { key, detail }: CheckResultChange, at: number): void {
  orm
    .delete(checkResult)
    .where(lt(checkResult.at, at - KEPT_FOR))
    .run();
  orm
    .insert(checkResult)
    .values({ key, detail, at })
    .onConflictDoUpdate({ target: checkResult.key, set: { detail, at } })
    .run();
}
