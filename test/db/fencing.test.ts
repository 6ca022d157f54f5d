import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { type Driver, Fenced, type Leadership, type Place } from '../../jobs/engine/driver.ts';
import { createFakeClock } from '../fakes/clock.ts';

const place: Place = { run: 'r', sequence: 0, kind: 'operation', name: 'one', deliverAbort: true };
const outcome = { kind: 'ok' } as const;

describe('a leader, once another has begun an epoch', () => {
  let database: Database;
  let driver: Driver;
  let former: Leadership;
  let leader: Leadership;

  beforeEach(async () => {
    database = openDatabase(':memory:');
    driver = createEngineDriver(database, { clock: createFakeClock() });
    // In memory there is no lock file: the two hold it at once, as when somebody deletes the file.
    former = await lead(driver);
    await driver.startRun({ id: 'r', job: 'job', input: null });
    await driver.startRun({ id: 'queued', job: 'job', input: null, at: Number.MAX_SAFE_INTEGER });
    await former.admit(new Map([['job', 1]]));
    await driver.signal({ run: 'r', name: 'go', id: 's', by: 'test', value: null });
    leader = await lead(driver);
  });
  afterEach(() => database.close());

  it.each<[string, (leadership: Leadership) => Promise<unknown>]>([
    ['read the active runs', (old) => old.activeRuns()],
    ['admit a run', (old) => old.admit(new Map([['job', 1]]))],
    ['look', (old) => old.look()],
    ['read a journal', (old) => old.journal('r')],
    ['begin an attempt', (old) => old.begin(place)],
    ['postpone one', (old) => old.postpone(place, 1)],
    ['ask about one', (old) => old.ask(place, 1)],
    ['record that nobody answered', (old) => old.recordUnanswered(place, { answer: 'a', heard: 0, outcome })],
    ['open an operation', (old) => old.open(place, {})],
    ['open one that starts runs', (old) => old.open(place, { changes: [aStart] })],
    ['record an outcome', (old) => old.record(place, outcome)],
    ['commit', (old) => old.commit(place, { changes: [aStart] })],
    ['take a signal', (old) => old.take(place, { name: 'go' })],
    ['peek at one', (old) => old.peek('r', 'go')],
    ['have a run start over', (old) => old.startOver('r', 5)],
    ['end a run', (old) => old.end('r', { status: 'done' })],
    ['purge', (old) => old.purge({ before: Number.MAX_SAFE_INTEGER, limit: 10 })],
    ['compact', (old) => old.compact()],
  ])('may not %s', async (_, work) => {
    await expect(work(former)).rejects.toBeInstanceOf(Fenced);

    expect(await leader.journal('r')).toEqual([]);
    expect(await leader.look()).toMatchObject({ rung: [{ run: 'r', name: 'go' }] });
    expect(await driver.get('r')).toMatchObject({ status: 'active', firstSequence: 0 });
    expect(await driver.get('child')).toBeUndefined();
  });

  it('writes nothing of a group either, and the new one writes its own in the same turn', async () => {
    const results = await Promise.allSettled([
      former.begin(place),
      former.take(place, { name: 'go' }),
      leader.begin({ ...place, sequence: 7 }),
      former.end('r', { status: 'done' }),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
    expect(await leader.journal('r')).toMatchObject([{ sequence: 7, attempt: 1 }]);
  });
});

const aStart = { kind: 'start-run', id: 'child', job: 'job', input: null } as const;

async function lead(driver: Driver): Promise<Leadership> {
  const leadership = await driver.tryToLead('test');
  if (leadership === undefined) throw new Error('Somebody else leads');
  return leadership;
}
