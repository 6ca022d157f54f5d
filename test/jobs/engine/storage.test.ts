import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
