import { describe, expect, it } from 'vitest';
import { type Called, faultOf } from '../../chaos/faults/kinds.ts';
import { placesOf, trialsOf } from '../../chaos/faults/places.ts';
import { rawWordsIn } from '../../chaos/faults/raw-words.ts';
import { slice } from '../../chaos/faults/slice.ts';
import { tableOf, totalsOf } from '../../chaos/faults/table.ts';

const update: Called = { service: 'ecs', operation: 'UpdateService' };
const look: Called = { service: 'ecs', operation: 'DescribeServices' };

describe('the places at which calls are made to fail', () => {
  it('are every call of an operation that is called up to four times', () => {
    const places = placesOf('deploy', [update, look, update]);

    expect(places.map(({ operation, nth }) => [operation, nth])).toEqual([
      ['UpdateService', 1],
      ['UpdateService', 2],
      ['DescribeServices', 1],
    ]);
  });

  it('are the first, the second, one in the middle and the last of a poll', () => {
    const places = placesOf(
      'deploy',
      Array.from({ length: 11 }, () => look),
    );

    expect(places.map(({ nth }) => nth)).toEqual([1, 2, 6, 11]);
  });

  it('are tried with every kind, and with an outage only from the first call on', () => {
    const trials = trialsOf(placesOf('deploy', [update, update]));

    expect(trials.filter(({ nth }) => nth === 1)).toHaveLength(6);
    expect(trials.filter(({ nth }) => nth === 2).map(({ kind }) => kind)).not.toContain('outage');
    expect(trials).toHaveLength(11);
  });

  it('give the sandbox one failing call, or an outage that lasts', () => {
    expect(faultOf({ ...update, nth: 2, kind: 'cut-after' })).toMatchObject({ nth: 2, times: 1 });
    expect(faultOf({ ...update, nth: 1, kind: 'outage' })).toMatchObject({ kind: 'error', times: 100_000 });
  });
});

describe('a slice of the trials', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);

  it('is the same for the same seed, and in order', () => {
    const first = slice(items, { count: 10, seed: 3 });

    expect(slice(items, { count: 10, seed: 3 })).toEqual(first);
    expect(first).toHaveLength(10);
    expect(first.toSorted((left, right) => left - right)).toEqual(first);
  });

  it('is another one for another seed', () => {
    expect(slice(items, { count: 10, seed: 4 })).not.toEqual(slice(items, { count: 10, seed: 3 }));
  });

  it('is everything when more is wanted than there is', () => {
    expect(slice(items, { count: 99, seed: 1 })).toEqual(items);
  });
});

describe('words that belong into a log', () => {
  it.each([
    'Could not read it: AWS cannot be reached (ECONNRESET).',
    'AWS has a fault of its own (ServerException, 500).',
    'TypeError: x is not a function',
    'The version undefined is live.',
    'Told to [object Object].',
    'It said {"ok":false}',
    'at dispatch (/app/commands/dispatch.ts:30:5)',
    'Slack answered internal_error',
    'no answer within 3 seconds.. Nothing was done.',
  ])('are found in “%s”', (text) => {
    expect(rawWordsIn(text)).not.toEqual([]);
  });

  it.each([
    'v1.1.0 is live on Public API in staging (#1)',
    'AWS does not answer for api in staging: Could not read it: AWS cannot be reached: the connection was cut.',
    'Checks passed: v1.0.0 is still live… Starting.',
    'Aborted: v1.0.0 is back on Public API in staging (#1)',
  ])('are not found in “%s”', (text) => {
    expect(rawWordsIn(text)).toEqual([]);
  });
});

describe('the table of what was tried', () => {
  const trial = {
    journey: 'deploy',
    service: 'ecs',
    operation: 'UpdateService',
    nth: 1,
    kind: 'error',
  } as const;

  it('counts in each cell how the places of an operation ended', () => {
    const table = tableOf([
      { trial, outcome: 'right' },
      { trial: { ...trial, nth: 2 }, outcome: 'held' },
      { trial: { ...trial, kind: 'slow' }, outcome: 'violation' },
    ]);

    expect(table.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      ' | error | throttle | slow | cut-before | cut-after | outage',
      'ecs UpdateService | ✓1 h1 | !1',
      'all | ✓1 h1 | !1',
    ]);
  });

  it('has totals', () => {
    expect(totalsOf([{ trial, outcome: 'told' }])).toEqual({
      right: 0,
      told: 1,
      held: 0,
      missed: 0,
      violation: 0,
    });
  });
});
