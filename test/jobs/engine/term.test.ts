import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { Term } from '../../../jobs/engine/term.ts';
import { clock } from '../../../src/clock.ts';

describe('a call to the storage', () => {
  let database: Database;

  beforeEach(() => {
    database = openDatabase(':memory:');
  });
  afterEach(() => database.close());

  it('that fails because the process ends does not come back: no job hears that its database was closed', async () => {
    const { term } = await aTerm();

    const heard = whatIsHeardOf(
      term.call(async () => {
        await term.end(new Error('Forge has stopped'));
        throw new TypeError('The database connection is not open');
      }),
    );
    await setImmediate();

    expect(heard).toEqual([]);
  });

  it('that is refused because another leads does not come back, and the process is to end, once', async () => {
    const { term, fenced } = await aTerm();
    await aTerm();

    const heard = [1, 2, 3].map(() => whatIsHeardOf(term.call((leadership) => leadership.activeRuns())));
    await setImmediate();

    expect(heard.flat()).toEqual([]);
    expect(fenced.map(String)).toEqual(['Fenced: Epoch 2 has begun; this process led in epoch 1']);
    expect(term.over.aborted).toBe(true);
  });

  it('that fails for a reason of its own says so', async () => {
    const { term } = await aTerm();

    const call = term.call(() => Promise.reject(new TypeError('no such operation')));

    await expect(call).rejects.toThrow('no such operation');
  });

  function whatIsHeardOf(call: Promise<unknown>): unknown[] {
    const heard: unknown[] = [];
    call.then(
      () => heard.push('done'),
      (error: unknown) => heard.push(error),
    );
    return heard;
  }

  /** In memory there is no lock file: a second one leads beside the first. */
  async function aTerm(): Promise<{ term: Term; fenced: Error[] }> {
    const leadership = await createEngineDriver(database, { clock }).tryToLead('test');
    if (leadership === undefined) throw new Error('Somebody else leads');
    const onError = (error: unknown): void => {
      throw error;
    };
    const fenced: Error[] = [];
    const onFenced = (error: Error) => void fenced.push(error);
    return { term: new Term({ leadership, clock, onError, onFenced, onDamaged: onError }), fenced };
  }
});
