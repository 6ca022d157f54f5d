import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Attempt } from '../../jobs/engine/engine.ts';

const Effect = z.object({ key: z.string(), run: z.string(), name: z.string(), calls: z.number() });
/** Something that is there; `calls` counts how often it was asked for. */
export type Effect = z.infer<typeof Effect>;

const Witnessed = z.object({
  run: z.string(),
  name: z.string(),
  attempt: z.number(),
  unknown: z.number().transform(Boolean),
  process: z.number(),
  failed: z.number().transform(Boolean),
});
/** One attempt, as its own body saw it; `failed` when it reported that itself. */
export type Witnessed = z.infer<typeof Witnessed>;

type Doing = { run: string; name: string };
export type Cloud = ReturnType<typeof openCloud>;

/** What stays when a process dies: effects by idempotency key, and a witness of every attempt. */
export function openCloud(path: string) {
  const client = new Sqlite(path);
  client.pragma('journal_mode = WAL');
  // A killed process loses nothing of what it has written; only a power failure would.
  client.pragma('synchronous = OFF');
  client.exec(`
    CREATE TABLE IF NOT EXISTS effect
      (position INTEGER PRIMARY KEY, key TEXT UNIQUE, run TEXT, name TEXT, calls INTEGER);
    CREATE TABLE IF NOT EXISTS attempt
      (position INTEGER PRIMARY KEY, run TEXT, name TEXT, attempt INTEGER, unknown INTEGER, process INTEGER, failed INTEGER);
  `);
  return {
    /** Makes what is asked for, once per key. */
    create(key: string, { run, name }: Doing): void {
      const statement = `INSERT INTO effect (key, run, name, calls) VALUES (?, ?, ?, 1)
        ON CONFLICT (key) DO UPDATE SET calls = calls + 1`;
      client.prepare(statement).run(key, run, name);
    },
    has: (key: string): boolean =>
      client.prepare('SELECT 1 FROM effect WHERE key = ?').get(key) !== undefined,
    /** Returns how to add that the attempt failed. */
    witness({ run, name }: Doing, { attempt, unknown }: Pick<Attempt, 'attempt' | 'unknown'>): () => void {
      const statement = `INSERT INTO attempt (run, name, attempt, unknown, process, failed) VALUES (?, ?, ?, ?, ?, 0)`;
      const row = client.prepare(statement).run(run, name, attempt, unknown ? 1 : 0, process.pid);
      return () => {
        client.prepare('UPDATE attempt SET failed = 1 WHERE position = ?').run(row.lastInsertRowid);
      };
    },
    /** In the order in which they came to be. */
    effects: (): Effect[] =>
      z.array(Effect).parse(client.prepare('SELECT * FROM effect ORDER BY position').all()),
    attempts: (): Witnessed[] =>
      z.array(Witnessed).parse(client.prepare('SELECT * FROM attempt ORDER BY position').all()),
    close: () => {
      client.close();
    },
  };
}
