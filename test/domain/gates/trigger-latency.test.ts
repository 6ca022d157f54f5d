import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, triggersOf } from './measured.ts';

const p99 = { p99: 1000 };

function bothMinutes(ms: number, measured: Measured = {}): Measured {
  return { next: { requests: [100, 100], p99Ms: [ms, ms] }, ...measured };
}

const live = (ms: number, requests = 900) => ({ requests: [requests, requests], p99Ms: [ms, ms] });

describe('the latency trigger', () => {
  it('rolls back just over its limit', () => {
    const judgement = triggersOf(bothMinutes(1001, { live: live(300) }), p99);

    expect(judgement.decision).toBe('roll-back');
    expect(judgement.because).toBe(
      '1 % of 100 requests took longer than 1,001 ms (previous release: 300 ms), for 2 minutes or longer; at most 1,000 ms is allowed.',
    );
  });

  it('is quiet at its limit', () => {
    const judgement = triggersOf(bothMinutes(1000), p99);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'p99')).toMatchObject({
      kind: 'passed',
      value: 1000,
      words: '1 % of 100 requests took longer than 1,000 ms; at most 1,000 ms is allowed.',
    });
  });

  it('is quiet until it has lasted', () => {
    const judgement = triggersOf({ next: { requests: [100], p99Ms: [5000] } }, p99);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'p99')).toMatchObject({ kind: 'inconclusive' });
    expect(readingOf(judgement, 'p99').words).toMatch(/and it counts when it lasts for 2 minutes\.$/);
  });

  it('does not judge minutes with fewer than 100 requests', () => {
    const slow = (requests: number) => ({ next: { requests: [requests, requests], p99Ms: [5000, 5000] } });

    expect(triggersOf(slow(99), p99).decision).toBe('go-on-watching');
    expect(triggersOf(slow(100), p99).decision).toBe('roll-back');
    expect(readingOf(triggersOf(slow(99), p99), 'p99')).toMatchObject({
      kind: 'inconclusive',
      words: 'Too few requests to judge: it takes 100 requests within 1 minute.',
    });
  });

  it('knows nothing without requests', () => {
    expect(readingOf(triggersOf({ buckets: 2 }, p99), 'p99')).toMatchObject({
      kind: 'inconclusive',
      words: 'No requests yet.',
    });
  });

  it('is ended by one good minute', () => {
    const next = { requests: [100, 100, 100], p99Ms: [5000, 5000, 300] };

    expect(triggersOf({ next }, p99).decision).toBe('go-on-watching');
  });
});

describe('latency beside the live colour in the same minutes', () => {
  it('holds while both are over the limit', () => {
    const judgement = triggersOf(bothMinutes(1500, { live: live(1001) }), p99);

    expect(judgement).toMatchObject({
      decision: 'hold',
      because:
        '1 % of 100 requests took longer than 1,500 ms (previous release: 1,001 ms): something that both share is to blame, such as the database.',
    });
    expect(readingOf(judgement, 'p99')).toMatchObject({ kind: 'inconclusive', isShared: true });
  });

  it('rolls back the colour that is more than one and a half times as slow', () => {
    expect(triggersOf(bothMinutes(1800, { live: live(1200) }), p99).decision).toBe('hold');
    expect(triggersOf(bothMinutes(1801, { live: live(1200) }), p99).decision).toBe('roll-back');
  });

  it('is quiet when the live colour is within the limit and nearly as slow', () => {
    expect(triggersOf(bothMinutes(1200, { live: live(900) }), p99).decision).toBe('go-on-watching');
  });

  it('holds only once it has lasted', () => {
    const now = { next: { requests: [100], p99Ms: [1500] }, live: { requests: [900], p99Ms: [1500] } };

    expect(triggersOf(now, p99).decision).toBe('go-on-watching');
  });

  it('holds rather than rolls back when only some of the minutes were the new colour’s own doing', () => {
    const next = { requests: [100, 100, 100], p99Ms: [5000, 1500, 5000] };

    expect(
      triggersOf({ next, live: { requests: [900, 900, 900], p99Ms: [1500, 1500, 1500] } }, p99).decision,
    ).toBe('hold');
  });

  it('is not compared with a handful of requests', () => {
    expect(triggersOf(bothMinutes(1500, { live: live(1500, 99) }), p99).decision).toBe('roll-back');
  });

  it('is not compared at all once the live colour takes no requests', () => {
    expect(triggersOf(bothMinutes(1500), p99).decision).toBe('roll-back');
  });
});

describe('latency that was there before the first shift', () => {
  const baseline = aBaseline({ p99Ms: 2000 });

  it('is passed with a warning while it is no worse', () => {
    const judgement = triggersOf(bothMinutes(2400, { baseline }), p99);

    expect(judgement.decision).toBe('go-on-watching');
    expect(readingOf(judgement, 'p99')).toMatchObject({ kind: 'passed', isRelative: true });
    expect(readingOf(judgement, 'p99').words).toBe(
      '1 % of 100 requests took longer than 2,400 ms: no slower than before this deployment (2,000 ms).',
    );
  });

  it('rolls back when it is clearly worse', () => {
    expect(triggersOf(bothMinutes(2401, { baseline }), p99).decision).toBe('roll-back');
  });

  it('is no excuse where it was within the limit', () => {
    expect(triggersOf(bothMinutes(1100, { baseline: aBaseline({ p99Ms: 1000 }) }), p99).decision).toBe(
      'roll-back',
    );
  });
});
