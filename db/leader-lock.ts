import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { isBusy, isDamaged, isInaccessible } from './sqlite-errors.ts';

/** Gives the lock back. */
export type Release = () => void;

/**
 * Tries to lock `<database>.lock`. The kernel drops the lock when the process dies, however it dies, and keeps it while
 * the process is merely frozen, so nobody has to judge by clocks who is alive. Undefined: another process has it.
 * Local file systems only. Nothing else may open the lock file: closing any descriptor of it drops the lock.
 */
export function tryLeaderLock(databasePath: string): Release | undefined {
  if (databasePath === ':memory:') return () => undefined;
  const path = `${databasePath}.lock`;
  const lock = openLock(path);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw explained(path, error);
  }
  return () => {
    lock.close();
  };
}

function openLock(path: string): Sqlite.Database {
  try {
    return new Sqlite(path, { timeout: 0 });
  } catch (error) {
    throw explained(path, error);
  }
}

function explained(path: string, cause: unknown): unknown {
  if (isInaccessible(cause)) {
    return new Error(
      `Nobody can lead: the lock file ${path} cannot be written. Let Forge's user write it and the folder ${dirname(path)}.`,
      { cause },
    );
  }
  if (!isDamaged(cause)) return cause;
  return new Error(
    `Nobody can lead: ${path} is not a lock file of Forge's. End every Forge process that uses the database, delete it and start again.`,
    { cause },
  );
}
