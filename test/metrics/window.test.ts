import { describe, expect, it } from 'vitest';
import { windowOf } from '../../src/metrics/window.ts';

const minute = 60_000;

describe('the window of a measurement', () => {
  it('begins with the first bucket that begins in it', () => {
    const window = windowOf({ from: 10 * minute + 1, until: 15 * minute, periodSeconds: 60 });

    expect(window).toMatchObject({ start: 11 * minute, end: 15 * minute });
  });

  it('holds the last bucket that begins in it, though that may not be over', () => {
    const window = windowOf({ from: 10 * minute, until: 14 * minute + 1, periodSeconds: 60 });

    expect(window).toMatchObject({ start: 10 * minute, end: 15 * minute });
  });

  it('is none when no bucket begins in it', () => {
    expect(windowOf({ from: 10 * minute + 1, until: 11 * minute, periodSeconds: 60 })).toBeUndefined();
  });

  it.each([
    ['whole buckets', 14 * minute + 59_999, 60, 240],
    ['nothing without a whole bucket', 10 * minute + 59_999, 60, undefined],
    ['nothing where it was not asked for', undefined, 60, undefined],
    ['less than a minute to the bucket', 10 * minute + 27_000, 5, 25],
    ['more than a minute to the minute', 10 * minute + 95_000, 5, 60],
  ])('has percentiles of %s', (_, percentilesUntil, periodSeconds, seconds) => {
    const asked = percentilesUntil === undefined ? {} : { percentilesUntil };
    const window = windowOf({ from: 10 * minute, until: 15 * minute, periodSeconds, ...asked });

    expect(window?.percentiles).toBe(seconds);
  });
});
