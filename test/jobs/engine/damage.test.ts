import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine } from '../../../jobs/engine/engine.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { clock } from '../../../src/clock.ts';
import { good } from '../../config/policy-text.ts';
import { untilRun } from '../../contracts/engine.ts';
import { eventually } from '../../eventually.ts';
import { startWorkspace } from '../../sandbox/slack/harness.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const pageSize = 4_096;

describe('a database file that is damaged', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-damage-'));
    file = join(folder, 'forge.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function filled(): Database {
    const database = openDatabase(file);
    const insert = `INSERT INTO arrival (id, kind, payload, received_at) VALUES (hex(randomblob(500)), 'x', '{}', 0)`;
    database.write(() => {
      for (let row = 0; row < 200; row += 1) database.orm.run(insert);
    });
    return database;
  }

  /** Overwrites a part of a file, as a failing disk or a careless copy does. Bytes; the whole rest when no length is given. */
  function overwrite(path: string, { from, length }: { from: number; length?: number }): void {
    const descriptor = openSync(path, 'r+');
    const noise = Buffer.alloc(length ?? fstatSync(descriptor).size - from, 0xa5);
    writeSync(descriptor, noise, 0, noise.length, from);
    closeSync(descriptor);
  }

  it.each([
    ['its header', { from: 0, length: 100 }],
    ['its schema', { from: 100, length: pageSize - 100 }],
    ['a page in the middle', { from: 20 * pageSize, length: pageSize }],
  ])('in %s is refused, with what to do', (_, part) => {
    filled().close();
    overwrite(file, part);

    expect(() => openDatabase(file)).toThrow(/not a sound SQLite database.*put a backup in its place/u);
  });

  it('is refused by the process in one sentence, with the exit code of a wrong set-up', async () => {
    filled().close();
    overwrite(file, { from: 20 * pageSize, length: pageSize });
    const { origin } = await startWorkspace();
    const configFile = join(folder, 'forge.yml');
    writeFileSync(configFile, good);
    const environment = forgeEnvironment(process.env, { origin, folder, configFile });
    const child = spawn(process.execPath, [main], { env: { ...environment, FORGE_DATABASE: file } });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });

    await once(child, 'close');

    expect(said).toMatch(
      /^Forge cannot start yet:\n {2}- .*forge\.db is not a sound SQLite database\. .*backup/u,
    );
    expect(said).not.toMatch(/^\s+at /mu);
    expect(child.exitCode).toBe(78);
  });

  it('in its log, which a crash left, opens as it was before the damaged write: nothing is half there', () => {
    const database = filled();
    const add = (id: string) =>
      database.orm.run(`INSERT INTO arrival (id, kind, payload, received_at) VALUES ('${id}', 'y', '{}', 0)`);
    database.checkpoint();
    add('before');
    database.write(() =>
      ['one', 'two', 'three'].forEach((id) => {
        add(id);
      }),
    );
    const copy = join(folder, 'copy.db');
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
    database.close();
    // The last frame of the log is the last write's, or a part of it.
    const log = openSync(`${copy}-wal`, 'r');
    const { size } = fstatSync(log);
    closeSync(log);
    overwrite(`${copy}-wal`, { from: size - pageSize });

    const opened = openDatabase(copy);

    expect(opened.orm.all(`SELECT id FROM arrival WHERE kind = 'y'`)).toEqual([{ id: 'before' }]);
    opened.close();
  });

  it('while Forge runs ends its work: the job neither goes on nor puts anything back', async () => {
    const database = filled();
    const damaged: string[] = [];
    const effects: string[] = [];
    const engine = guardedEngine(database, { damaged, effects });
    await engine.start();
    await engine.run('guarded', null, { id: 'r' });
    await untilRun(engine, 'r', 'active');
    await eventually(() => effects.length > 0);
    database.checkpoint();
    // What is in memory would be read otherwise.
    database.orm.run('PRAGMA cache_size = 0');
    overwrite(file, { from: pageSize });

    await eventually(() => damaged.length > 0);
    await engine.stop({ grace: 0 });
    database.close();

    expect(damaged).toEqual([expect.stringMatching(/damaged.*backup/u)]);
    expect(effects).toEqual(['before']);
    expect(engine.isLeading).toBe(false);
  });

  function guardedEngine(
    database: Database,
    { damaged, effects }: { damaged: string[]; effects: string[] },
  ): Engine {
    const engine = createEngine(createEngineDriver(database, { clock }), {
      clock,
      pollMs: 20,
      onError: () => undefined,
      onFenced: () => undefined,
      onDamaged: (error) => damaged.push(error.message),
    });
    engine.define('guarded', 1, async (context) => {
      try {
        effects.push('before');
        await context.waitFor('go');
        effects.push('after');
      } finally {
        effects.push('finally');
      }
      return null;
    });
    return engine;
  }
});

describe('a place where Forge cannot write', () => {
  it('is named when the database file cannot be made', () => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-place-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const place = join(folder, 'a file');
    writeFileSync(place, '');

    expect(() => openDatabase(join(place, 'forge.db'))).toThrow(place);
  });

  it('is named when the lock beside the file cannot be made, and another try is made later', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-lock-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'forge.db');
    mkdirSync(`${file}.lock`);
    const database = openDatabase(file);
    const errors: string[] = [];
    const onError = (error: unknown) => errors.push(String(error));
    const engine = createEngine(createEngineDriver(database, { clock }), {
      clock,
      onError,
      onFenced: onError,
      standbyPollMs: 20,
    });

    await engine.start();
    expect(engine.isLeading).toBe(false);
    expect(errors).toEqual([expect.stringContaining(`${file}.lock`)]);
    rmSync(`${file}.lock`, { recursive: true });

    await eventually(() => engine.isLeading);
    expect(existsSync(`${file}.lock`)).toBe(true);
    await engine.stop({ grace: 0 });
    database.close();
  });
});
