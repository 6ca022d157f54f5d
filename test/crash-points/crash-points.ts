import type { Database } from '../../db/database.ts';

/** Where a process may die: before and after every effect and every commit of its database. */
export type CrashPoints = { readonly count: number; reach(): void };

/** Kills this process at the `crashAt`th point; 0: never, the points are only counted. */
export function createCrashPoints(crashAt: number): CrashPoints {
  let count = 0;
  return {
    get count() {
      return count;
    },
    reach() {
      count += 1;
      if (count === crashAt) process.kill(process.pid, 'SIGKILL');
    },
  };
}

/**
 * The database, with a crash point after everything was written but not committed, and one right after the commit.
 * A transaction inside another one is a part of it, so it has none of its own.
 */
export function mortalDatabase(database: Database, points: CrashPoints): Database {
  let depth = 0;
  return {
    ...database,
    write(work) {
      if (depth > 0) return database.write(work);
      depth += 1;
      try {
        const result = database.write(() => {
          const written = work();
          points.reach();
          return written;
        });
        points.reach();
        return result;
      } finally {
        depth -= 1;
      }
    },
  };
}
