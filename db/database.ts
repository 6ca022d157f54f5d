import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { UserError } from '../src/domain/errors.ts';
import { drizzle } from './drizzle.ts';
import { migrate } from './migrate.ts';
import { prepareOnce } from './prepare-once.ts';
import { isBusy, isDamaged } from './sqlite-errors.ts';
import { watchOthers } from './watch-others.ts';

// A click must be kept within the three seconds that Slack waits.
const BUSY_TIMEOUT = 'busy_timeout = 1500';

export type Database = {
  /** Absolute path of the file, or `:memory:`. */
  readonly path: string;
  readonly orm: BetterSQLite3Database;
  /**
   * One `BEGIN IMMEDIATE` transaction; inside another one, a savepoint. Synchronous on purpose: a transaction that
   * waited would let other writes in between.
   */
  write<Result>(work: () => Result): Result;
  /** Calls `listener` after each `announce`, and soon after each write of another process. Returns how to stop that. */
  onWrite(listener: () => void): () => void;
  /** Tells this process that something was committed that others may wait for. */
  announce(): void;
  /** Writes the log into the file and empties it, so that it does not grow for ever. Gives up at once where others are reading. */
  checkpoint(): void;
  close(): void;
};

/** Opens the file, makes it and its folder if need be, and brings its tables up to date. */
export function openDatabase(path: string): Database {
  const file = path === ':memory:' ? path : resolve(path);
  const client = openClient(file);
  const listeners = new Set<() => void>();
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const others = watchOthers(client, announce);
  return {
    path: file,
    orm: drizzle(client),
    write: (work) => client.transaction(work).immediate(),
    onWrite(listener) {
      listeners.add(listener);
      if (listeners.size === 1) others.watch();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) others.stop();
      };
    },
    announce,
    checkpoint() {
      client.pragma('busy_timeout = 0');
      try {
        client.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        client.pragma(BUSY_TIMEOUT);
      }
    },
    close: () => {
      others.stop();
      client.close();
    },
  };
}

function openClient(file: string): Sqlite.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const client = new Sqlite(file);
  try {
    client.pragma(BUSY_TIMEOUT);
    client.pragma('journal_mode = WAL');
    // NORMAL may forget the mark of a begun attempt when the power fails.
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    const found: unknown = client.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw damaged(file, String(found));
    migrate(client, file);
  } catch (error) {
    client.close();
    if (isDamaged(error)) throw damaged(file, error);
    throw isBusy(error) ? locked(file, error) : error;
  }
  prepareOnce(client);
  return client;
}

function locked(file: string, cause: unknown): Error {
  return new Error(
    `Another process is writing to ${file} and does not come to an end. Is one frozen, or copying the file? End it and start again.`,
    { cause },
  );
}

function damaged(file: string, cause: unknown): UserError {
  return new UserError(
    `${file} is not a sound SQLite database. Move it away and put a backup in its place; without one, Forge makes a new file and knows nothing of earlier deployments.`,
    { cause },
  );
}
