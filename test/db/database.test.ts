import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { createFakeClock } from '../fakes/clock.ts';

describe('the database', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-database-'));
    file = join(folder, 'state', 'forge.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the file and its folder, and can be opened again', async () => {
    openDatabase(file).close();

    const database = openDatabase(file);

    expect(await createStore(database, { clock: createFakeClock() }).nextNumber()).toBe(1);
    database.close();
  });

  it('forgets nothing that it said was written, also when the power fails', () => {
    const database = openDatabase(file);

    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) =>
      database.orm.get(`PRAGMA ${name}`),
    );

    expect(settings).toEqual([
      { journal_mode: 'wal' },
      { synchronous: 2 },
      { foreign_keys: 1 },
      { timeout: 1500 },
    ]);
    database.close();
  });

  it('refuses a file that is not a database and says what to do', () => {
    file = join(folder, 'forge.db');
    writeFileSync(file, 'These are the notes of the last release meeting.\n'.repeat(50));

    expect(() => openDatabase(file)).toThrow(/not a sound SQLite database.*put a backup in its place/);
  });

  it('refuses a file that newer code has migrated', () => {
    openDatabase(file).close();
    const client = new Sqlite(file);
    client.exec("INSERT INTO migration VALUES ('9999_from_the_future', 0)");
    client.close();

    expect(() => openDatabase(file)).toThrow(/written by a newer Forge \(it has 9999_from_the_future\)/);
  });

  it('undoes a transaction that throws', () => {
    const database = openDatabase(file);

    const failing = () =>
      database.write(() => {
        database.orm.run("INSERT INTO engine VALUES (1, 1, 'me', 0)");
        throw new Error('no');
      });

    expect(failing).toThrow('no');
    expect(database.orm.all('SELECT * FROM engine')).toEqual([]);
    database.close();
  });
});
