import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import { type Driver, StorageUnavailable } from '../../../jobs/engine/driver.ts';
import { untilRun } from '../../contracts/engine.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';

describe('an engine whose storage is unavailable for a while', () => {
  let clock: FakeClock;
  let database: Database;

  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
  });
  afterEach(() => database.close());

  it('reports it, tries again, and neither repeats the effect nor throws into the job', async () => {
    const errors: unknown[] = [];
    const options = { clock, onError: (error: unknown) => errors.push(error), onFenced: () => undefined };
    const engine = createEngine(
      failingToRecord(createEngineDriver(database, options), { times: 2 }),
      options,
    );
    let effects = 0;
    engine.define('job', 1, (context) => context.operation('effect', async () => ++effects));
    await engine.start();
    await engine.run('job', null, { id: 'r' });

    await clock.advance(10_000);

    expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 1 });
    expect(errors.map(String)).toEqual(Array(2).fill('StorageUnavailable: disk full'));
    await engine.stop();
  });
});

describe('an engine that is stopped while it takes up what was left', () => {
  it('gives the lock back without waiting for that, and its start ends', async () => {
    const database = openDatabase(':memory:');
    const clock = createFakeClock();
    const driver = createEngineDriver(database, { clock });
    const reading = Promise.withResolvers<void>();
    let isReleased = false;
    const engine = createEngine(
      takingUpForEver(driver, { onReading: reading.resolve, onRelease: () => (isReleased = true) }),
      { clock, onError: () => undefined, onFenced: () => undefined },
    );
    const started = engine.start();
    await reading.promise;

    const stopped = engine.stop();
    await stopped;
    await started;

    expect([engine.isLeading, isReleased]).toEqual([false, true]);
    database.close();
  });
});

describe('an engine that cannot take up everything', () => {
  const clock = createFakeClock();
  let file: string;
  let errors: string[];

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-engine-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    file = join(folder, 'forge.db');
    errors = [];
  });

  function open(adapt: (driver: Driver) => Driver = (driver) => driver) {
    const database = openDatabase(file);
    const onError = (error: unknown) => errors.push(String(error));
    const options = { clock, onError, onFenced: onError };
    const engine = createEngine(adapt(createEngineDriver(database, options)), options);
    engine.define('job', 1, async (context) => (await context.waitFor('go')).kind);
    let isOpen = true;
    const end = async () => {
      await engine.stop({ grace: 0 });
      if (isOpen) database.close();
      isOpen = false;
    };
    onTestFinished(end);
    return { engine, end };
  }

  async function leaveRuns(...ids: string[]): Promise<void> {
    const { engine, end } = open();
    await engine.start();
    for (const id of ids) await engine.run('job', null, { id, key: id });
    for (const id of ids) await untilRun(engine, id, 'active');
    const ended = end();
    await clock.advance(0);
    await ended;
  }

  function damage(statement: string): void {
    const client = new Sqlite(file);
    client.exec(statement);
    client.close();
  }

  it('gives the lock back, so that another leads, and tries again itself', async () => {
    let isFailing = true;
    const faulty = open((driver) => failingToTakeUp(driver, () => isFailing));
    await faulty.engine.start();
    expect(faulty.engine.isLeading).toBe(false);
    expect(errors).toEqual(['Error: unreadable']);

    const other = open();
    await other.engine.start();
    expect(other.engine.isLeading).toBe(true);

    isFailing = false;
    await other.end();
    await clock.advance(2_000);
    expect(faulty.engine.isLeading).toBe(true);
  });

  it.each([
    ['a run', `UPDATE run SET input = '{"x":1}' WHERE id = 'bad'`],
    ['the state of a run', `UPDATE run SET status = 'active', output = 'x' WHERE id = 'bad'`],
    [
      'a journal',
      `INSERT INTO operation (run_id, sequence, kind, name, attempt, running, unknown, outcome, started_at)
       VALUES ('bad', 7, 'operation', 'x', 1, 0, 0, '{}', 0)`,
    ],
  ])(
    'ends the run as stuck when it cannot read %s, says so, and goes on with the others',
    async (_, statement) => {
      await leaveRuns('bad', 'good');
      damage(statement);

      const { engine } = open();
      await engine.start();
      await engine.signal('good', 'go', { id: 's', by: 'test' });
      await untilRun(engine, 'good', 'done');

      expect(await engine.get('bad')).toMatchObject({ status: 'stuck', endedAt: expect.any(Number) });
      expect(await engine.list({ statuses: ['queued', 'active'] })).toEqual([]);
      expect(errors).toEqual([expect.stringMatching(/^Error: Run bad is stuck\. .*cannot be read/)]);
    },
  );

  it('begins other runs beside a queued one that cannot be read', async () => {
    await leaveRuns();
    const { engine } = open();
    await engine.run('job', null, { id: 'bad' });
    damage(`UPDATE run SET input = '{"x":1}' WHERE id = 'bad'`);
    await engine.run('job', null, { id: 'good' });
    await engine.start();

    await untilRun(engine, 'good', 'active');
    await untilRun(engine, 'bad', 'stuck');
  });
});

function takingUpForEver(driver: Driver, told: { onReading: () => void; onRelease: () => void }): Driver {
  return {
    ...driver,
    async tryToLead(owner) {
      const leadership = await driver.tryToLead(owner);
      if (leadership === undefined) return undefined;
      return {
        ...leadership,
        activeRuns() {
          told.onReading();
          return new Promise(() => undefined);
        },
        async release() {
          told.onRelease();
          await leadership.release();
        },
      };
    },
  };
}

function failingToTakeUp(driver: Driver, isFailing: () => boolean): Driver {
  return {
    ...driver,
    async tryToLead(owner) {
      const leadership = await driver.tryToLead(owner);
      if (leadership === undefined || !isFailing()) return leadership;
      return { ...leadership, activeRuns: () => Promise.reject(new Error('unreadable')) };
    },
  };
}

function failingToRecord(driver: Driver, { times }: { times: number }): Driver {
  let left = times;
  return {
    ...driver,
    async tryToLead(owner) {
      const leadership = await driver.tryToLead(owner);
      if (leadership === undefined) return undefined;
      return {
        ...leadership,
        record(place, outcome) {
          left -= 1;
          return left >= 0
            ? Promise.reject(new StorageUnavailable('disk full'))
            : leadership.record(place, outcome);
        },
      };
    },
  };
}
