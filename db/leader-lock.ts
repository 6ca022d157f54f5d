import Sqlite from 'better-sqlite3';
import { isBusy } from './sqlite-errors.ts';

/** Gives the lock back. */
export type Release = () => void;

/**
 * Tries to lock `<database>.lock`. The kernel drops the lock when the process dies, however it dies, and keeps it while
 * the process is merely frozen, so nobody has to judge by clocks who is alive. Undefined: another process has it.
 * Local file systems only. Nothing else may open the lock file: closing any descriptor of it drops the lock.
 */
export function tryLeaderLock(databasePath: string): Release | undefined {
  if (databasePath === ':memory:') return () => undefined;
  const lock = new Sqlite(`${databasePath}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return () => {
    lock.close();
  };
}
