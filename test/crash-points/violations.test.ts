import { describe, expect, it } from 'vitest';
import type { Remains } from './remains.ts';
import { violationsOf } from './violations.ts';

const run = { id: 'main', job: 'everything', status: 'done', paused: 0, output: { value: 1 }, error: null };
const entry = {
  ...{ run: 'main', sequence: 0, kind: 'operation', name: 'only once' },
  ...{ attempt: 1, running: false, unknown: false, outcome: { kind: 'ok', value: 1 } },
};
const attempt = {
  ...{ run: 'main', name: 'only once', attempt: 1, unknown: false, process: 1, failed: false },
};
const effect = (name: string, calls = 1) => ({ key: `main:${name}`, run: 'main', name, calls });

const sound: Remains = {
  runs: [run],
  journal: [entry],
  signals: [{ run: 'main', name: 'go', id: 's', takenBy: 1 }],
  events: [{ deployment: 1, version: 1, type: 'requested', cause: 'main/1', part: 0 }],
  effects: [effect('only once'), effect('resume'), effect('after the pause')],
  attempts: [attempt],
  integrity: 'ok',
};

const violations = (change: Partial<Remains>, crashes = 1) =>
  violationsOf({ ...sound, ...change }, sound, crashes);

describe('the judge of the sweep', () => {
  it('finds nothing where a crash changed nothing', () => {
    expect(violations({})).toEqual([]);
  });

  it('takes an attempt in flight at a crash as promised, when the next one knows of it', () => {
    const again = { ...attempt, attempt: 2, unknown: true };

    expect(
      violations({ attempts: [attempt, again], journal: [{ ...entry, attempt: 2, unknown: true }] }),
    ).toEqual([]);
  });

  it.each<[string, Partial<Remains>, RegExp]>([
    ['a run that ended otherwise', { runs: [{ ...run, status: 'failed' }] }, /^runs: missing .*done/u],
    ['a run too many', { runs: [run, { ...run, id: 'other' }] }, /^runs: surplus .*other/u],
    ['an operation that is missing', { journal: [] }, /^journal: missing .*only once/u],
    ['an operation left open', { journal: [{ ...entry, running: true }] }, /^journal: /u],
    [
      'a signal nobody took',
      { signals: [{ run: 'main', name: 'go', id: 's', takenBy: null }] },
      /^signals: /u,
    ],
    ['an event written twice', { events: [...sound.events, ...sound.events] }, /^events: .*number/u],
    [
      'an effect under another key',
      { effects: [...sound.effects, effect('only once')] },
      /^effects: .*number/u,
    ],
    [
      'effects in another order',
      { effects: [effect('resume'), effect('only once'), effect('after the pause')] },
      /^effects: in another order/u,
    ],
    [
      'an effect done twice though it can be asked about',
      { effects: [effect('only once', 2), effect('resume'), effect('after the pause')] },
      /done 2 times/u,
    ],
    [
      'a paused run that went on',
      { effects: [effect('only once'), effect('after the pause'), effect('resume')] },
      /went on before it was resumed/u,
    ],
    ['an attempt counted twice', { attempts: [attempt, attempt] }, /attempt 1 after attempt 1/u],
    [
      'an attempt that does not know of the one before',
      { attempts: [attempt, { ...attempt, attempt: 2 }], journal: [{ ...entry, attempt: 2 }] },
      /does not know that an earlier one never reported/u,
    ],
    [
      'a first attempt that is unknown',
      { attempts: [{ ...attempt, unknown: true }] },
      /first attempt is unknown/u,
    ],
    [
      'an attempt the journal forgot',
      { attempts: [attempt, { ...attempt, attempt: 2, unknown: true }] },
      /forgot/u,
    ],
    ['too many attempts', { journal: [{ ...entry, attempt: 3 }] }, /tried 3 times, where 2 are enough/u],
    ['a database that is not sound', { integrity: 'row 1 missing' }, /not sound: row 1 missing/u],
  ])('finds %s', (_, change, words) => {
    expect(violations(change)).toContainEqual(expect.stringMatching(words));
  });

  it('takes nothing as unknown where nothing crashed', () => {
    const again = { ...attempt, attempt: 2, unknown: true };
    const change = { attempts: [attempt, again], journal: [{ ...entry, attempt: 2 }] };

    expect(violations(change, 0)).toContainEqual(expect.stringContaining('unknown without a crash'));
  });
});
