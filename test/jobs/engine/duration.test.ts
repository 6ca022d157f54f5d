import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../jobs/engine/duration.ts';

describe('a duration', () => {
  it.each([
    [1_500, 1_500],
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['10h', 36_000_000],
    ['2d', 172_800_000],
  ] as const)('of %s is %i milliseconds', (duration, milliseconds) => {
    expect(durationMs(duration)).toBe(milliseconds);
  });

  it.each([-1, Number.NaN, '-5s', '1e3s'] as const)('of %s is refused', (duration) => {
    expect(() => durationMs(duration)).toThrow('is not a duration');
  });
});
