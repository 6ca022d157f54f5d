import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createStore } from '../../../db/store.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import { clock } from '../../../src/clock.ts';
import { untilRun } from '../../contracts/engine.ts';
import { eventually } from '../../eventually.ts';

const workerPath = join(import.meta.dirname, 'worker.ts');

describe('an engine process', () => {
  let folder: string;
  let path: string;
  let ledger: string;
  let database: Database;
  let children: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-crash-'));
    path = join(folder, 'forge.db');
    ledger = join(folder, 'ledger');
    database = openDatabase(path);
    children = [];
  });

  afterEach(async () => {
    for (const child of children) await kill(child);
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('that is killed between an effect and its record leaves an attempt whose outcome is unknown', async () => {
    const watcher = watch();
    await watcher.run('small', null, { id: 'small' });
    await died(start('after-effect'));

    start();
    await watcher.signal('small', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'small', 'done');

    expect(effects()).toEqual(['1 known', '2 unknown']);
  });

  it('that is killed is replaced by the standby', async () => {
    const watcher = watch();
    const leader = start();
    await told(leader, 'leading');
    const standby = start();
    await told(standby, 'started');
    await watcher.run('guarded', null, { id: 'guarded' });
    await eventually(() => effects().length === 1);

    await kill(leader);
    await told(standby, 'leading');
    await watcher.signal('guarded', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'guarded', 'done');

    expect(effects()).toEqual(['first', `second of ${standby.pid}`, `finally of ${standby.pid}`]);
  });

  it('that was frozen while another took its lock runs none of its code again', async () => {
    const watcher = watch();
    const frozen = start();
    await told(frozen, 'leading');
    await watcher.run('guarded', null, { id: 'guarded' });
    await eventually(() => effects().length === 1);

    frozen.kill('SIGSTOP');
    rmSync(`${path}.lock`);
    const other = start();
    await told(other, 'leading');
    await watcher.signal('guarded', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'guarded', 'done');
    const fenced = told(frozen, 'fenced');
    frozen.kill('SIGCONT');
    await fenced;

    expect(effects()).toEqual(['first', `second of ${other.pid}`, `finally of ${other.pid}`]);
  });

  // Writes 1 to 18 are those of the run; a later one is never reached, and then nobody dies.
  it.each(['before', 'within', 'after'])(
    'may die %s any of its writes: what the run commits is there exactly once',
    async (place) => {
      for (let write = 1; ; write += 1) {
        for (const file of [path, `${path}-wal`, `${path}-shm`, ledger]) rmSync(file, { force: true });
        database.close();
        database = openDatabase(path);
        const watcher = watch();
        await watcher.run('small', null, { id: 'small' });
        await watcher.signal('small', 'go', { id: 'go', by: 'test' });
        const mortal = start(`${place} ${write}`);
        const end = await Promise.race([died(mortal), ended(watcher)]);
        await kill(mortal);

        const survivor = engineHere();
        await survivor.start();
        await untilRun(survivor, 'next', 'done');
        const run = await untilRun(survivor, 'small', 'done');
        await survivor.stop();

        expect(run.output).toEqual({ requested: 'committed', value: 7, waited: 'signalled', finished: 'committed' });
        expect(await eventTypes()).toEqual(['requested', 'checking', 'refused']);
        expect([['1 known'], ['1 known', '2 unknown'], ['2 unknown']]).toContainEqual(effects());
        if (end === 'ended') {
          expect(write).toBeGreaterThan(10);
          return;
        }
      }
    },
    120_000,
  );

  function start(dieAt = ''): ChildProcess {
    const child = fork(workerPath, [path, ledger, dieAt], { stdio: 'inherit' });
    children.push(child);
    return child;
  }

  /** Looks and writes, and never leads. */
  function watch() {
    return engineHere();
  }

  function engineHere() {
    const engine = createEngine(createEngineDriver(database, { clock }), {
      clock,
      onError: (error) => expect.fail(String(error)),
      onFenced: (error) => expect.fail(String(error)),
    });
    return engine;
  }

  function effects(): string[] {
    return existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : [];
  }

  async function eventTypes(): Promise<string[]> {
    const events = await createStore(database, { clock }).events(1);
    return events.map((recorded) => recorded.event.type);
  }
});
