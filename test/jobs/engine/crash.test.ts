import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createStore } from '../../../db/store.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine } from '../../../jobs/engine/engine.ts';
import { clock } from '../../../src/clock.ts';
import { untilRun } from '../../contracts/engine.ts';
import { freezeBetweenWrites } from './frozen.ts';
import { defineJobs } from './jobs.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

describe('an engine process', () => {
  let folder: string;
  let path: string;
  let ledger: string;
  let database: Database;
  let children: WorkerProcess[];
  let errors: unknown[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-crash-'));
    path = join(folder, 'forge.db');
    ledger = join(folder, 'ledger');
    database = openDatabase(path);
    children = [];
    errors = [];
  });

  afterEach(async () => {
    for (const child of children) await child.kill();
    database.close();
    rmSync(folder, { recursive: true });
    expect(errors).toEqual([]);
  });

  it('that is killed between an effect and its record leaves an attempt whose outcome is unknown', async () => {
    const watcher = engineHere();
    await watcher.run('small', null, { id: 'small' });
    await start('after-effect').died();

    start();
    await watcher.signal('small', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'small', 'done');

    expect(effects()).toEqual(['1 known', '2 unknown']);
  });

  it('that is killed is replaced by the standby', async () => {
    const watcher = engineHere();
    const leader = start();
    await leader.told('leading');
    const standby = start();
    await standby.told('started');
    await watcher.run('guarded', null, { id: 'guarded' });
    await untilRun(watcher, 'first-is-recorded', 'queued');

    await leader.kill();
    await standby.told('leading');
    await watcher.signal('guarded', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'guarded', 'done');

    expect(effects()).toEqual(['first', `second of ${standby.pid}`, `finally of ${standby.pid}`]);
  });

  it('that was frozen while another took its lock runs none of its code again', async () => {
    const watcher = engineHere();
    const frozen = start();
    await frozen.told('leading');
    await watcher.run('guarded', null, { id: 'guarded' });
    await untilRun(watcher, 'first-is-recorded', 'queued');

    await freezeBetweenWrites(frozen, database);
    rmSync(`${path}.lock`);
    const other = start();
    await other.told('leading');
    await watcher.signal('guarded', 'go', { id: 'go', by: 'test' });
    await untilRun(watcher, 'guarded', 'done');
    const fenced = frozen.told('fenced');
    frozen.thaw();
    await fenced;

    expect(effects()).toEqual(['first', `second of ${other.pid}`, `finally of ${other.pid}`]);
  });

  it.each(['within', 'after'])(
    'may die %s its writes: what the run commits is there exactly once (test/crash-points tries every one)',
    async (place) => {
      for (let write = 1, isOver = false; !isOver; write += 4) {
        reopen(`${place}-${write}`);
        const watcher = engineHere();
        await watcher.run('small', null, { id: 'small' });
        await watcher.signal('small', 'go', { id: 'go', by: 'test' });
        const mortal = start(`${place} ${write}`);
        const end = await Promise.race([mortal.died(), untilRun(watcher, 'next', 'done')]);
        await mortal.kill();

        const survivor = engineHere();
        await survivor.start();
        await untilRun(survivor, 'next', 'done');
        const run = await untilRun(survivor, 'small', 'done');
        await survivor.stop();

        expect(run.output).toEqual({
          requested: 'committed',
          value: 7,
          waited: 'signalled',
          finished: 'committed',
        });
        expect(await eventTypes()).toEqual(['requested', 'checking', 'refused']);
        expect([['1 known'], ['1 known', '2 unknown'], ['2 unknown']]).toContainEqual(effects());
        isOver = end !== 'died';
        if (isOver) expect(write).toBeGreaterThan(10);
      }
    },
    120_000,
  );

  function reopen(name: string): void {
    database.close();
    path = join(folder, `${name}.db`);
    ledger = join(folder, `${name}.ledger`);
    database = openDatabase(path);
  }

  function start(dieAt = ''): WorkerProcess {
    const child = startWorker({ path, ledger, dieAt });
    children.push(child);
    return child;
  }

  /** Until it is started it only looks and writes. */
  function engineHere(): Engine {
    const options = { clock, onError: record, onFenced: record };
    const engine = createEngine(createEngineDriver(database, options), options);
    defineJobs(engine, { effect: (line) => appendFileSync(ledger, `${line}\n`) });
    return engine;
  }

  function record(error: unknown): void {
    errors.push(error);
  }

  function effects(): string[] {
    return existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : [];
  }

  async function eventTypes(): Promise<string[]> {
    const events = await createStore(database, { clock }).events(1);
    return events.map((recorded) => recorded.event.type);
  }
});
