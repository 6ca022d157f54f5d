import { describe, expect, it } from 'vitest';
import { aBaseline, type Measured, readingOf, type Side, targetsOf } from './measured.ts';

const p95 = { p95Ms: 500 };

function pass(measured: Measured, limit = p95.p95Ms, policy: Parameters<typeof targetsOf>[2] = {}) {
  return targetsOf(measured, { p95: limit }, policy);
}

/** Ten minutes of 100 requests, so many of which were slow. */
function slowMinutes(slow: number, ms = 900): Side {
  const minutes = Array.from({ length: 10 }, (_, index) => index);
  return { requests: minutes.map(() => 100), p95Ms: minutes.map((minute) => (minute < slow ? ms : 300)) };
}

describe('the target of latency over all requests together', () => {
  const window = (windowP95Ms: number, side: Side = {}): Side => ({ requests: [20], windowP95Ms, ...side });

  it.each([
    [499, 'passed'],
    [500, 'failed'],
  ])('of %i ms, below 500 ms: %s', (ms, kind) => {
    expect(pass({ next: window(ms) }).kind).toBe(kind);
  });

  it('counts rather than what single minutes say', () => {
    expect(pass({ next: { ...slowMinutes(10), windowP95Ms: 300 } }).kind).toBe('passed');
    expect(pass({ next: { ...slowMinutes(0), windowP95Ms: 600 } }).kind).toBe('failed');
  });

  it('needs 20 requests', () => {
    const result = pass({ next: window(900, { requests: [19] }) });

    expect(result).toMatchObject({ kind: 'inconclusive', evidence: { requests: 19, needed: 20 } });
    expect(result.because).toBe('19 requests so far; it takes 20 to judge.');
  });

  it('says how slow it is', () => {
    expect(readingOf(pass({ next: window(620), live: window(300) }), 'p95')).toMatchObject({
      value: 620,
      requests: 20,
      words:
        '5 % of 20 requests took longer than 620 ms (previous release: 300 ms); it must be less than 500 ms.',
    });
  });

  it('is nobody’s fault where the live colour misses it too', () => {
    const result = pass({ next: window(750), live: window(500) });

    expect(result).toMatchObject({ kind: 'inconclusive', isShared: true });
    expect(pass({ next: window(751), live: window(500) }).kind).toBe('failed');
    expect(pass({ next: window(600), live: window(499) }).kind).toBe('failed');
  });

  it('is passed with a warning where it was missed before and is no worse', () => {
    const baseline = aBaseline({ p95Ms: 600 });
    const result = pass({ next: window(720), baseline });

    expect(result).toMatchObject({
      kind: 'passed',
      because: '5 % of 20 requests took longer than 720 ms: no slower than before this deployment (600 ms).',
    });
    expect(pass({ next: window(721), baseline }).kind).toBe('failed');
  });

  it('is judged for the slowest 1 % by 100 requests and what was before', () => {
    const p99 = (requests: number, windowP99Ms: number, baseline = aBaseline()) =>
      targetsOf({ next: { requests: [requests], windowP99Ms }, baseline }, { p99: 400 });

    expect(p99(99, 300).kind).toBe('inconclusive');
    expect(p99(100, 300).kind).toBe('passed');
    expect(p99(100, 400).kind).toBe('failed');
    expect(p99(100, 480, aBaseline({ p99Ms: 400 })).kind).toBe('passed');
    expect(readingOf(p99(100, 400), 'p99').words).toBe(
      '1 % of 100 requests took longer than 400 ms; it must be less than 400 ms.',
    );
  });
});

describe('the target of latency where only single minutes are known', () => {
  it.each([
    [0, 'passed'],
    [1, 'passed'],
    [2, 'inconclusive'],
    [5, 'inconclusive'],
    [6, 'failed'],
  ])('with %i of 10 minutes too slow: %s', (slow, kind) => {
    expect(pass({ next: slowMinutes(slow) }).kind).toBe(kind);
  });

  it('says for how many requests it was too slow', () => {
    expect(pass({ next: slowMinutes(2) }).because).toBe(
      '20 % of the requests came at times when 5 % took longer than 500 ms; at most 10 % may.',
    );
  });

  it('weighs a minute by its requests', () => {
    const next = { requests: [1000, 20, 20], p95Ms: [300, 900, 900] };

    expect(pass({ next }).kind).toBe('passed');
    expect(readingOf(pass({ next }), 'p95').value).toBe(300);
  });

  it('leaves minutes with fewer than 20 requests out', () => {
    expect(pass({ next: { requests: [19, 20], p95Ms: [900, 300] } }).kind).toBe('passed');
    expect(pass({ next: { requests: [20, 20], p95Ms: [900, 300] } }).kind).toBe('inconclusive');
  });

  it('does not know what no minute had enough requests for', () => {
    const result = pass({ next: { requests: [19, 19], p95Ms: [300, 300] } });

    expect(result).toMatchObject({
      kind: 'inconclusive',
      because: '38 requests so far, but their response times are not known.',
    });
    expect(result).not.toHaveProperty('evidence');
  });

  it('does not know what was not measured, though there were enough requests', () => {
    expect(pass({ next: { requests: [20] } }).because).toBe(
      '20 requests so far, but their response times are not known.',
    );
  });

  it('is not called shared while the new colour has as much trouble of its own', () => {
    const requests = new Array<number>(10).fill(100);
    const next = { requests, p95Ms: [900, 900, 900, 900, 900, 900, 300, 300, 300, 300] };
    const live = { requests, p95Ms: [900, 900, 900, 300, 300, 300, 300, 300, 300, 300] };

    expect(pass({ next, live })).toMatchObject({ kind: 'inconclusive' });
    expect(pass({ next, live })).not.toHaveProperty('isShared');
  });

  it('compares every minute with the live colour’s', () => {
    const shared = { next: slowMinutes(6), live: slowMinutes(6, 800) };
    const few = {
      next: slowMinutes(6),
      live: { ...slowMinutes(6, 800), requests: new Array<number>(10).fill(19) },
    };

    expect(pass(shared)).toMatchObject({ kind: 'inconclusive', isShared: true });
    expect(pass(few).kind).toBe('failed');
  });

  it('is passed with a warning where most minutes were no worse than before', () => {
    const baseline = aBaseline({ p95Ms: 900 });

    expect(readingOf(pass({ next: slowMinutes(1), baseline }), 'p95')).not.toHaveProperty('isRelative');
    expect(readingOf(pass({ next: slowMinutes(6), baseline }), 'p95')).toMatchObject({
      kind: 'passed',
      isRelative: true,
    });
  });
});

describe('latency without evidence', () => {
  it('is not passed where traffic has to prove it', () => {
    expect(pass({ buckets: 3 })).toMatchObject({
      kind: 'inconclusive',
      because: 'No requests yet; it takes 20 to judge.',
      evidence: { requests: 0, needed: 20 },
    });
  });

  it('is passed by smoke tests and health where they are enough', () => {
    expect(readingOf(pass({ buckets: 3 }, 500, { evidence: 'smoke' }), 'p95')).toMatchObject({
      kind: 'passed',
      words: 'No requests yet; passed by smoke tests and health.',
    });
    expect(pass({ next: { requests: [1] } }, 500, { evidence: 'smoke' }).kind).toBe('passed');
  });
});
