import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../../../db/database.ts';
import { sql } from '../../../db/drizzle.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createStore } from '../../../db/store.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine } from '../../../jobs/engine/engine.ts';
import { clock } from '../../../src/clock.ts';
import { untilRun } from '../../contracts/engine.ts';
import { eventually } from '../../eventually.ts';

let file: string;
let errors: string[];
let damage: string[];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'forge-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = join(folder, 'forge.db');
  errors = [];
  damage = [];
});

describe('an engine on a full disk', () => {
  it('waits, and goes on when there is space again: nothing fails, and nothing is done twice', async () => {
    const { engine, database } = open();
    let effects = 0;
    engine.define('job', 1, async (context) => {
      await context.waitFor('go');
      for (let step = 0; step < 40; step += 1) {
        await context.operation(`${step}`, async () => {
          effects += 1;
          return 'x'.repeat(2_000);
        });
      }
      return effects;
    });
    await engine.start();
    await engine.run('job', null, { id: 'r' });
    await untilRun(engine, 'r', 'active');
    await engine.signal('r', 'go', { id: 's', by: 'test' });
    limitPages(database, 0);

    await eventually(() => errors.some((error) => error.includes('database or disk is full')));
    expect((await engine.get('r'))?.status).toBe('active');
    limitPages(database, 1_000_000);

    expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 40 });
    expect(damage).toEqual([]);
  });
});

describe('an engine whose database is damaged while it runs', () => {
  it('says so and ends: no job hears of it, not even in its catch', async () => {
    const { engine } = open();
    const heard: string[] = [];
    engine.define('job', 1, async (context) => {
      try {
        for (;;) await context.waitFor('go');
      } catch (error) {
        heard.push(String(error));
        throw error;
      } finally {
        heard.push('finally');
      }
    });
    await engine.start();
    await engine.run('job', null, { id: 'r' });
    await untilRun(engine, 'r', 'active');
    damageTable('run');

    await eventually(() => damage.length > 0);

    expect(damage).toEqual([
      expect.stringMatching(/^StorageDamaged: The database file is damaged\. .*put a backup/),
    ]);
    expect(engine.isLeading).toBe(false);
    expect(heard).toEqual([]);
  });

  it('does so as well when it is the store that meets it, within an operation or a loop', async () => {
    const { engine, database } = open();
    const store = createStore(database, { clock });
    const begin = Promise.withResolvers<void>();
    engine.define('job', 1, async (context) => {
      await context.operation('read', async () => {
        await begin.promise;
        return (await store.unfinished()).length;
      });
      return undefined;
    });
    await engine.start();
    await engine.run('job', null, { id: 'r' });
    await untilRun(engine, 'r', 'active');
    damageTable('deployment');
    begin.resolve();

    await eventually(() => damage.length > 0);

    expect(await engine.get('r').catch(() => 'unreadable')).not.toMatchObject({ status: 'failed' });
    expect(engine.isLeading).toBe(false);
  });
});

describe('a lock file', () => {
  it('that cannot be written is named, with what to do', async () => {
    mkdirSync(`${file}.lock`);
    const { engine } = open();

    await engine.start();

    expect(engine.isLeading).toBe(false);
    expect(errors[0]).toMatch(
      /Nobody can lead: the lock file .*forge\.db\.lock cannot be written\. Let Forge's user write/,
    );
  });

  it('that is something else is named, with what to do', async () => {
    writeFileSync(`${file}.lock`, 'These are notes.\n'.repeat(100));
    const { engine } = open();

    await engine.start();

    expect(errors[0]).toMatch(
      /Nobody can lead: .*forge\.db\.lock is not a lock file of Forge's\. .*delete it/,
    );
  });
});

function open(): { engine: Engine; database: Database } {
  const database = openDatabase(file);
  const engine = createEngine(createEngineDriver(database, { clock }), {
    clock,
    pollMs: 20,
    onError: (error) => errors.push(describeError(error)),
    onFenced: (error) => errors.push(String(error)),
    onDamaged: (error) => damage.push(String(error)),
  });
  onTestFinished(async () => {
    await engine.stop({ grace: 0 });
    database.close();
  });
  return { engine, database };
}

/** With its causes: the last one is what SQLite said. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describeError(error.cause)}`;
}

/** SQLite keeps a limit below the present size at the present size. */
function limitPages({ orm }: Database, pages: number): void {
  orm.run(sql.raw(`PRAGMA max_page_count = ${Math.max(1, pages)}`));
}

/** As a bad disk does it: the pages where the table and its indexes begin are something else. */
function damageTable(name: string): void {
  const other = new Sqlite(file);
  const size = z.number().parse(other.pragma('page_size', { simple: true }));
  const roots = other.prepare('SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?').pluck();
  const pages = z.array(z.number()).parse(roots.all(name));
  // Tells the engine's connection that what it has read before is old.
  other.exec('UPDATE engine SET since = since + 1');
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  const descriptor = openSync(file, 'r+');
  for (const page of pages) writeSync(descriptor, Buffer.alloc(size, 0xff), 0, size, (page - 1) * size);
  closeSync(descriptor);
}
