import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';

const folder = fileURLToPath(new URL('./migrations/sqlite/', import.meta.url));

const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });
const Applied = z.array(z.string());

/**
 * Applies the migrations that drizzle-kit wrote, all of them in one transaction, so that two processes that start
 * together apply them once. Refuses a database that newer code has migrated.
 */
export function migrate(client: Sqlite.Database, file: string): void {
  const known = Journal.parse(JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8'))).entries;
  const work = client.transaction(() => {
    client.exec(
      'CREATE TABLE IF NOT EXISTS migration (tag text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)',
    );
    const applied = Applied.parse(client.prepare('SELECT tag FROM migration ORDER BY tag').pluck().all());
    const foreign = applied.filter((tag) => !known.some((entry) => entry.tag === tag));
    if (foreign.length > 0) throw newer(file, foreign);
    for (const { tag } of known) {
      if (applied.includes(tag)) continue;
      client.exec(readFileSync(`${folder}${tag}.sql`, 'utf8'));
      client.prepare('INSERT INTO migration VALUES (?, unixepoch() * 1000)').run(tag);
    }
  });
  work.immediate();
}

function newer(file: string, tags: string[]): UserError {
  return new UserError(
    `${file} was written by a newer Forge (it has ${tags.join(', ')}). Start that version again, or put back the backup made before the upgrade.`,
  );
}
