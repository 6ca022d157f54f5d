import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { InvariantBroken } from '../engine/figure.ts';

const DONE_WITHIN_MS = 30_000;

/** Resolves when everything that was kept in this database is done. */
export async function untilAllDone(file: string): Promise<void> {
  const database = new Sqlite(file, { readonly: true });
  const open = database.prepare('select id from arrival where finished_at is null');
  try {
    for (const end = Date.now() + DONE_WITHIN_MS; open.all().length > 0; await sleep(50)) {
      if (Date.now() > end) throw new InvariantBroken(`${open.all().length} kept commands were never done`);
    }
  } finally {
    database.close();
  }
}
