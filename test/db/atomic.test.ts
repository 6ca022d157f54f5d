import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { sql } from '../../db/drizzle.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import type { Driver, Leadership, Place } from '../../jobs/engine/driver.ts';
import { createFakeClock } from '../fakes/clock.ts';

const place: Place = { run: 'r', sequence: 0, kind: 'commit', name: 'one', deliverAbort: true };
const start = { kind: 'start-run', id: 'child', job: 'job', input: null } as const;

describe('what is written with an entry of the journal', () => {
  let database: Database;
  let driver: Driver;
  let leader: Leadership;

  beforeEach(async () => {
    database = openDatabase(':memory:');
    driver = createEngineDriver(database, { clock: createFakeClock() });
    const leadership = await driver.tryToLead('test');
    if (leadership === undefined) throw new Error('Somebody else leads');
    leader = leadership;
    await driver.startRun({ id: 'r', job: 'job', input: null });
    await leader.admit(new Map([['job', 1]]));
    await driver.signal({ run: 'r', name: 'go', id: 's', by: 'test', value: null });
    await leader.record({ ...place, sequence: 4 }, { kind: 'ok' });
  });
  afterEach(() => database.close());

  it.each<[string, 'INSERT ON operation' | 'UPDATE ON run', (leadership: Leadership) => Promise<unknown>]>([
    ['a commit', 'INSERT ON operation', (by) => by.commit(place, { changes: [start] })],
    ['the start of children', 'INSERT ON operation', (by) => by.open(place, { changes: [start] })],
    ['the taking of a signal', 'INSERT ON operation', (by) => by.take(place, { name: 'go' })],
    ['starting over', 'UPDATE ON run', (by) => by.startOver('r', 5)],
  ])('is undone where the whole cannot be written: %s', async (_, write, work) => {
    database.orm.run(
      sql.raw(`CREATE TRIGGER refuse BEFORE ${write} BEGIN SELECT RAISE(ABORT, 'refused'); END`),
    );
    const others = Promise.allSettled([leader.look(), leader.postpone(place, 1)]);

    await expect(work(leader)).rejects.toThrow();

    await others;
    expect(await driver.get('child')).toBeUndefined();
    expect((await leader.look()).rung).toEqual([{ run: 'r', name: 'go' }]);
    expect(await leader.journal('r')).toMatchObject([{ sequence: 4 }]);
  });
});
