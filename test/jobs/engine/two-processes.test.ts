import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine } from '../../../jobs/engine/engine.ts';
import { clock } from '../../../src/clock.ts';
import { untilRun } from '../../contracts/engine.ts';
import { eventually } from '../../eventually.ts';
import { defineJobs } from './jobs.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

describe('of two processes on one database', () => {
  let folder: string;
  let path: string;
  let ledger: string;
  let workers: WorkerProcess[];
  let errors: string[];
  let ends: (() => Promise<void>)[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-two-'));
    path = join(folder, 'forge.db');
    ledger = join(folder, 'ledger');
    workers = [];
    errors = [];
    ends = [];
  });
  afterEach(async () => {
    for (const worker of workers) await worker.kill();
    for (const end of ends) await end();
    rmSync(folder, { recursive: true });
    expect(errors).toEqual([]);
  });

  function start(): WorkerProcess {
    const worker = startWorker({ path, ledger });
    workers.push(worker);
    return worker;
  }

  async function standby(): Promise<Engine> {
    const database = openDatabase(path);
    const onError = (error: unknown) => errors.push(String(error));
    const engine = createEngine(createEngineDriver(database, { clock }), {
      clock,
      onError,
      onFenced: onError,
    });
    defineJobs(engine, { effect: () => errors.push('the standby had an effect') });
    await engine.start();
    ends.push(async () => {
      await engine.stop({ grace: 0 });
      database.close();
    });
    return engine;
  }

  it('that start at the same instant on a new file, one leads', async () => {
    const pair = [start(), start()];
    await Promise.all(pair.map((worker) => worker.told('started')));
    await eventually(() => pair.some((worker) => worker.hasTold('leading')));
    const watcher = await standby();

    await watcher.run('guarded', null, { id: 'r' });
    await watcher.signal('r', 'go', { id: 's', by: 'test' });
    await untilRun(watcher, 'r', 'done');

    const [leader, ...others] = pair.filter((worker) => worker.hasTold('leading'));
    expect(others).toEqual([]);
    expect(readFileSync(ledger, 'utf8').trim().split('\n')).toEqual([
      'first',
      `second of ${leader?.pid}`,
      `finally of ${leader?.pid}`,
    ]);
  });

  it('the standby starts, rings, pauses and aborts runs, and the leader carries that out', async () => {
    const leader = start();
    await leader.told('leading');
    const engine = await standby();
    expect(engine.isLeading).toBe(false);

    expect(await engine.run('guarded', null, { id: 'r' })).toBe('queued');
    expect(await engine.run('guarded', null, { id: 'r' })).toBe('exists');
    await untilRun(engine, 'first-is-recorded', 'queued');
    await engine.pause('r', { paused: true, by: 'U1' });
    await engine.pause('r', { paused: false, by: 'U1' });
    await engine.run('guarded', null, { id: 'cancelled', at: clock.now() + 60_000 });
    await engine.abort('cancelled', 'U1', 'not now');
    await engine.abort('r', 'U1', 'not this one');
    await untilRun(engine, 'r', 'aborted');
    await engine.run('small', null, { id: 'small' });
    await engine.signal('small', 'go', { id: 's', by: 'U1' });
    await engine.signal('small', 'go', { id: 's', by: 'U1' });

    expect(await untilRun(engine, 'small', 'done')).toMatchObject({ output: { waited: 'signalled' } });
    expect(await engine.get('cancelled')).toMatchObject({ status: 'aborted', startedAt: undefined });
    expect(readFileSync(ledger, 'utf8').trim().split('\n')).toEqual([
      'first',
      `caught by ${leader.pid}`,
      `finally of ${leader.pid}`,
      '1 known',
    ]);
  });
});
