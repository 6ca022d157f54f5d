import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, rounds, triggersOf } from './measured.ts';

const half = { activeConnectionsBelow: 0.5 };
const unhealthy = { next: { healthy: 1, wanted: 2 } };

/** Two minutes with so many active connections and requests, of 100 and 1000 before. */
function fallen(
  connections: number | undefined,
  requests: number | undefined,
  measured: Measured = {},
): Measured {
  return {
    buckets: 2,
    activeConnections: [connections, connections],
    requests: [requests, requests],
    baseline: aBaseline(),
    targets: unhealthy,
    ...measured,
  };
}

describe('the trigger of active connections', () => {
  it.each([
    [49, 499, 'roll-back'],
    [50, 499, 'go-on-watching'],
    [49, 500, 'go-on-watching'],
    [undefined, 499, 'roll-back'],
    [undefined, undefined, 'roll-back'],
  ])('with %s of 100 connections and %s of 1000 requests a minute: %s', (connections, requests, decision) => {
    expect(triggersOf(fallen(connections, requests), half).decision).toBe(decision);
  });

  it('rolls nothing back while the new colour is healthy and answers', () => {
    const quietHour = fallen(10, 100, { targets: {}, probe: rounds('+', '+') });
    const judgement = triggersOf(quietHour, half);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'active-connections')).toMatchObject({
      kind: 'inconclusive',
      value: 0.1,
      words:
        'Active connections are at 10 % of what they were before, requests at 10 %; it counts when both stay low for 2 minutes and the new release does not answer.',
    });
  });

  it('is agreed to by the probe as long as the live colour answers it', () => {
    const doubted = (live: string) => fallen(10, 100, { targets: {}, probe: rounds('+-', live) });

    expect(triggersOf(doubted('++'), half).decision).toBe('roll-back');
    expect(triggersOf(doubted('+-'), half).decision).toBe('go-on-watching');
  });

  it('is not agreed to by a health that could not be read', () => {
    const unread = { targets: 'the load balancer does not answer' };

    expect(triggersOf(fallen(10, 100, { unread }), half).decision).toBe('go-on-watching');
  });

  it('waits until it has lasted', () => {
    const late = fallen(0, 0, { activeConnections: [100, 10], requests: [1000, 100] });

    expect(triggersOf(late, half).decision).toBe('go-on-watching');
    expect(triggersOf(fallen(10, 100, { buckets: 1 }), half).decision).toBe('go-on-watching');
  });

  it('looks back as far as it takes with 1 s buckets and 4 s', () => {
    const low = (seconds: number) => ({
      activeConnections: new Array<number>(seconds).fill(10),
      requests: new Array<number>(seconds).fill(100),
    });
    const scaled = (seconds: number) => fallen(0, 0, { periodSeconds: 1, buckets: seconds, ...low(seconds) });

    expect(triggersOf(scaled(3), { ...half, for: 4000 }).decision).toBe('go-on-watching');
    expect(triggersOf(scaled(4), { ...half, for: 4000 }).decision).toBe('roll-back');
  });

  it('says what fell', () => {
    expect(triggersOf(fallen(10, 100), half).because).toBe(
      'Active connections are at 10 % of what they were before, requests at 10 %, and the new release does not answer as it should.',
    );
  });

  it('passes while there are enough', () => {
    expect(readingOf(triggersOf(fallen(90, 900), half), 'active-connections')).toMatchObject({
      kind: 'passed',
      words: 'Active connections are at 90 % of what they were before; at least 50 % are expected.',
    });
  });

  it('is not known before the first bucket', () => {
    expect(readingOf(triggersOf(fallen(0, 0, { buckets: 0 }), half), 'active-connections')).toMatchObject({
      kind: 'inconclusive',
      words: 'Nothing measured yet.',
    });
  });

  it('is not judged where there were none before, or nobody knows', () => {
    const none = triggersOf(fallen(0, 0, { baseline: aBaseline({ activeConnectionsPerBucket: 0 }) }), half);
    const { baseline: _unknown, ...unknown } = fallen(0, 0);

    expect(none.readings.map(({ gate }) => gate)).toEqual(['healthy-targets']);
    expect(triggersOf(unknown, half).readings.map(({ gate }) => gate)).toEqual(['healthy-targets']);
  });

  it('does not count where there were no requests that could have fallen', () => {
    const idle = fallen(0, 0, { baseline: aBaseline({ requestsPerBucket: 0 }) });

    expect(triggersOf(idle, half).decision).toBe('go-on-watching');
  });
});
