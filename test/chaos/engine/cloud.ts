import Sqlite from 'better-sqlite3';
import { z } from 'zod';

const Effect = z.object({
  /** The idempotency key it was asked for with. */
  key: z.string(),
  run: z.string(),
  operation: z.string(),
  /** How often it was asked for; it happened the first time. */
  requests: z.int(),
});
export type Effect = z.infer<typeof Effect>;

export type Cloud = {
  /** Idempotent by key, as a real cloud's client token is. */
  request(effect: Omit<Effect, 'requests'>): void;
  has(key: string): boolean;
  /** False while another process is in the middle of a write. */
  isWritable(): boolean;
  effects(): Effect[];
  close(): void;
};

/** The world outside: effects stay when a process dies. */
export function openCloud(path: string): Cloud {
  const client = new Sqlite(path);
  client.pragma('journal_mode = WAL');
  // What a killed process wrote is kept by the operating system; nobody cuts the power here.
  client.pragma('synchronous = OFF');
  client.exec(
    'CREATE TABLE IF NOT EXISTS effect (key TEXT PRIMARY KEY, run TEXT, operation TEXT, requests INTEGER)',
  );
  const request = client.prepare(
    'INSERT INTO effect VALUES (?, ?, ?, 1) ON CONFLICT (key) DO UPDATE SET requests = requests + 1',
  );
  const find = client.prepare('SELECT 1 FROM effect WHERE key = ?');
  return {
    request: ({ key, run, operation }) => {
      request.run(key, run, operation);
    },
    has: (key) => find.get(key) !== undefined,
    isWritable: () => isWritable(client),
    effects: () => z.array(Effect).parse(client.prepare('SELECT * FROM effect').all()),
    close: () => {
      client.close();
    },
  };
}

function isWritable(client: Sqlite.Database): boolean {
  client.pragma('busy_timeout = 0');
  try {
    client.exec('BEGIN IMMEDIATE; ROLLBACK');
    return true;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') return false;
    throw error;
  } finally {
    client.pragma('busy_timeout = 5000');
  }
}
