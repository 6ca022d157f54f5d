import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import type { Driver } from '../../../jobs/engine/driver.ts';
import { clock } from '../../../src/clock.ts';
import { eventually } from '../../eventually.ts';
import { freezeBetweenWrites } from './frozen.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

/** Long enough for a standby to have tried several times. Milliseconds. */
const severalTries = 600;

describe('a frozen leader', () => {
  let folder: string;
  let path: string;
  let database: Database;
  let driver: Driver;
  let workers: WorkerProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-frozen-'));
    path = join(folder, 'forge.db');
    database = openDatabase(path);
    driver = createEngineDriver(database, { clock });
    workers = [];
  });
  afterEach(async () => {
    for (const worker of workers) await worker.kill();
    database.close();
    rmSync(folder, { recursive: true });
  });

  function start(): WorkerProcess {
    const worker = startWorker({ path, ledger: join(folder, 'ledger') });
    workers.push(worker);
    return worker;
  }

  async function leading(): Promise<WorkerProcess> {
    const worker = start();
    await worker.told('leading');
    return worker;
  }

  function effects(): string[] {
    const ledger = join(folder, 'ledger');
    return existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : [];
  }

  async function ended(run: string): Promise<void> {
    await eventually(async () => (await driver.get(run))?.status === 'done');
  }

  it('goes on leading: nobody takes over, and it does what was asked meanwhile when it wakes up', async () => {
    const leader = await leading();
    await driver.startRun({ id: 'r', job: 'guarded', input: null });
    await eventually(async () => (await driver.get('first-is-recorded'))?.status === 'queued');
    const standby = start();
    await standby.told('started');

    await freezeBetweenWrites(leader, database);
    await driver.signal({ run: 'r', name: 'go', id: 's', by: 'test', value: null });
    await clock.sleep(severalTries);
    expect(standby.hasTold('leading')).toBe(false);
    expect(effects()).toEqual(['first']);
    leader.thaw();
    await ended('r');

    expect(effects()).toEqual(['first', `second of ${leader.pid}`, `finally of ${leader.pid}`]);
    expect(leader.hasTold('fenced')).toBe(false);
    expect(standby.hasTold('leading')).toBe(false);
  });

  it('that dies without waking up is followed by the standby', async () => {
    const leader = await leading();
    const standby = start();
    await standby.told('started');
    leader.freeze();

    await leader.kill();

    await standby.told('leading');
  });

  it('whose lock was deleted completes at most the attempt it was at, and no code of the job after that', async () => {
    const frozen = await leading();
    await driver.startRun({ id: 'r', job: 'slow', input: null });
    await eventually(() => effects().includes(`begun by ${frozen.pid}`));
    await freezeBetweenWrites(frozen, database);
    rmSync(`${path}.lock`);

    const other = await leading();
    await ended('r');
    frozen.thaw();
    await frozen.told('fenced');
    await clock.sleep(severalTries);

    const own = (worker: WorkerProcess) => effects().filter((effect) => effect.endsWith(` ${worker.pid}`));
    expect(own(other).map((effect) => effect.split(' ')[0])).toEqual([
      'begun',
      'completed',
      'after',
      'finally',
    ]);
    expect(own(frozen).map((effect) => effect.split(' ')[0])).toEqual(['begun', 'completed']);
  });
});
