import { describe, expect, it } from 'vitest';
import { aBaseline, readingOf, targetsOf } from './measured.ts';

const every = {
  ...{ errors: 0.01, fiveXx: 0.005, p95: 500, p99: 400 },
  ...{ activeConnections: 0.8, databaseConnections: 0.8 },
};

const good = {
  next: { requests: [1000], windowP95Ms: 100, windowP99Ms: 200 },
  ...{ activeConnections: [100], requests: [1000], baseline: aBaseline() },
  database: { connections: [10], max: 100 },
};

describe('the end of a bake', () => {
  it('passes when every target holds', () => {
    const result = targetsOf(good, every);

    expect(result.kind).toBe('passed');
    expect(result).not.toHaveProperty('because');
    expect(result).not.toHaveProperty('evidence');
    expect(result.readings.map(({ gate, kind }) => `${gate} ${kind}`)).toEqual([
      'errors passed',
      '5xx passed',
      'p95 passed',
      'p99 passed',
      'active-connections passed',
      'database-connections passed',
      'healthy-targets passed',
    ]);
  });

  it('fails when one fails, whatever else is not known', () => {
    const result = targetsOf(
      { ...good, next: { requests: [10] }, targets: { next: { healthy: 1, wanted: 2 } } },
      every,
    );

    expect(result).toMatchObject({ kind: 'failed', because: '1 of 2 tasks healthy.' });
  });

  it.each([
    [4, 'passed'],
    [3, 'inconclusive'],
    [2, 'failed'],
  ])('with %i of 4 targets healthy: %s', (healthy, kind) => {
    const result = targetsOf({ ...good, targets: { next: { healthy, wanted: 4 } } }, every);

    expect(result.kind).toBe(kind);
  });

  it('is an error when something could not be read, though all else passes', () => {
    expect(targetsOf({ ...good, unread: { targets: 'no answer' } }, every)).toMatchObject({
      kind: 'error',
      because: 'Could not be read: no answer.',
    });
  });

  it('judges no metric that could not be read', () => {
    const result = targetsOf({ ...good, unread: { metrics: 'no answer' } }, every);

    expect(result.readings.map(({ kind }) => kind)).toEqual([
      ...new Array<string>(6).fill('error'),
      'passed',
    ]);
  });

  it('tells of what wants for requests only that which wants most', () => {
    const few = { ...good, next: { requests: [150], windowP95Ms: 100, windowP99Ms: 200 } };

    expect(targetsOf(few, { errors: 0.01, fiveXx: 0.005 }).because).toBe(
      targetsOf(few, { fiveXx: 0.005 }).because,
    );
  });

  it('wants as many requests as the gate that wants most', () => {
    const result = targetsOf(
      { ...good, next: { requests: [15], windowP95Ms: 100, windowP99Ms: 200 } },
      every,
    );

    expect(result).toMatchObject({ kind: 'inconclusive', evidence: { requests: 15, needed: 598 } });
  });
});

describe('healthy targets at the end of a bake', () => {
  it.each([
    [2, 2, 'passed'],
    [3, 2, 'passed'],
    [1, 2, 'failed'],
    [0, 0, 'failed'],
    [1, 0, 'passed'],
  ])('with %i of %i wanted: %s', (healthy, wanted, kind) => {
    expect(targetsOf({ targets: { next: { healthy, wanted } } }, {}).kind).toBe(kind);
  });

  it('are told', () => {
    expect(readingOf(targetsOf({}, {}), 'healthy-targets').words).toBe('2 of 2 tasks healthy.');
  });
});
