import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, rounds, targetsOf } from './measured.ts';

const connections = { activeConnections: 0.8 };
const database = { databaseConnections: 0.8 };

/** Ten minutes with so many of 100 connections and 1000 requests. */
function held(active: number, requests: number, measured: Measured = {}): Measured {
  return {
    activeConnections: new Array<number>(10).fill(active),
    requests: new Array<number>(10).fill(requests),
    baseline: aBaseline(),
    ...measured,
  };
}

describe('the target of active connections', () => {
  it.each([
    [80, 1000, 'passed'],
    [79, 1000, 'passed'],
    [79, 800, 'passed'],
    [79, 799, 'inconclusive'],
  ])('with %i of 100 connections and %i of 1000 requests: %s', (active, requests, kind) => {
    expect(targetsOf(held(active, requests), connections).kind).toBe(kind);
  });

  it('takes a minute without a measurement for 0', () => {
    const half = held(0, 1000, { activeConnections: [100, undefined, 100, undefined], buckets: 10 });

    expect(readingOf(targetsOf(half, connections), 'active-connections').value).toBe(0.2);
  });

  it('says that it may be a quiet hour', () => {
    expect(targetsOf(held(50, 500), connections).because).toBe(
      'Active connections are at 50 % of what they were before, but so are requests, and the new release is healthy: this may be a quiet hour.',
    );
  });

  it('passes with a warning while a healthy release answers as many requests over fewer connections', () => {
    expect(readingOf(targetsOf(held(50, 1000), connections), 'active-connections')).toMatchObject({
      kind: 'passed',
      isRelative: true,
      words:
        'Active connections are at 50 % of what they were before, and as many requests are answered as before by a healthy release: clients keep fewer of them open.',
    });
  });

  it.each([
    ['requests fell as well and the new colour does not answer', 500, { probe: rounds('+-', '++') }],
    ['the new colour does not answer', 1000, { probe: rounds('+-', '++') }],
  ])('is missed where %s', (_when, requests, measured) => {
    const doubted = held(50, requests, measured);

    expect(targetsOf(doubted, connections)).toMatchObject({
      kind: 'failed',
      because: 'Active connections are at 50 % of what they were before; at least 80 % are asked.',
    });
  });

  it('is not judged where there were none before', () => {
    const none = held(0, 0, { baseline: aBaseline({ activeConnectionsPerBucket: 0 }) });

    expect(targetsOf(none, connections).readings.map(({ gate }) => gate)).toEqual(['healthy-targets']);
  });

  it('is not known where nobody knows how many there were, or nothing is measured yet', () => {
    const { baseline: _unknown, ...unknown } = held(100, 1000);

    expect(targetsOf(unknown, connections).because).toBe(
      'It is not known how many active connections there were before.',
    );
    expect(targetsOf(held(0, 0, { buckets: 0 }), connections).because).toBe('Nothing measured yet.');
  });

  it('is passed without traffic where smoke tests are enough', () => {
    expect(targetsOf(held(0, 0), connections, { evidence: 'smoke' }).kind).toBe('passed');
    const doubted = held(50, 1000, { probe: rounds('+-', '++') });
    expect(targetsOf(doubted, connections, { evidence: 'smoke' }).kind).toBe('failed');
  });
});

describe('the target of database connections', () => {
  const used = (...values: (number | undefined)[]): Measured => ({
    database: { connections: values, max: 200 },
  });

  it.each([
    [159, 'passed'],
    [160, 'failed'],
  ])('with %i of 200 in use, where fewer than 160 may be: %s', (value, kind) => {
    expect(targetsOf(used(value), database).kind).toBe(kind);
  });

  it('counts the most of the last two minutes', () => {
    expect(targetsOf(used(200, 100, 100), database).kind).toBe('passed');
    expect(targetsOf(used(100, 200, 100), database).kind).toBe('failed');
  });

  it('is told', () => {
    expect(targetsOf(used(170), database).because).toBe(
      "85 % of the database's 200 connections are in use; less than 80 % may be.",
    );
  });

  it('is passed with a warning where it was missed before and is no worse', () => {
    const before = { baseline: aBaseline({ databaseConnections: 0.8 }) };

    expect(targetsOf({ ...used(192), ...before }, database)).toMatchObject({
      kind: 'passed',
      because:
        "96 % of the database's 200 connections are in use: too many, but no more than before this deployment.",
    });
    expect(targetsOf({ ...used(193), ...before }, database).kind).toBe('failed');
  });

  it('is not known without measurements, whatever smoke tests say', () => {
    const result = targetsOf(used(undefined, undefined), database, { evidence: 'smoke' });

    expect(result).toMatchObject({
      kind: 'inconclusive',
      because: 'Database connections were not measured.',
    });
  });

  it('is an error where it could not be read', () => {
    expect(targetsOf({ ...used(1), unread: { database: 'access is denied' } }, database)).toMatchObject({
      kind: 'error',
      because: 'Could not be read: access is denied.',
    });
  });

  it('is not judged without a database', () => {
    expect(targetsOf({}, database).readings.map(({ gate }) => gate)).toEqual(['healthy-targets']);
  });
});
