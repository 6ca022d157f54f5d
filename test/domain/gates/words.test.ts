import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counted, inMs, inPercent, roughly, timeSpan } from '../../../src/domain/gates/words.ts';

describe('words', () => {
  it.each([
    [60_000, '1 minute'],
    [120_000, '2 minutes'],
    [90_000, '90 seconds'],
    [1000, '1 second'],
    [250, '250 ms'],
  ])('for %i ms: %s', (ms, words) => {
    expect(timeSpan(ms)).toBe(words);
  });

  it.each([
    [1, '1 request'],
    [0, '0 requests'],
    [12_345, '12,345 requests'],
  ])('for %i requests: %s', (count, words) => {
    expect(counted(count, 'request')).toBe(words);
  });

  it.each([
    [0, '0 %'],
    [0.00004, '0.004 %'],
    [0.0182, '1.82 %'],
    [0.018234, '1.8 %'],
    [0.125, '12.5 %'],
    [0.05, '5 %'],
    [0.4567, '45.67 %'],
    [0.45678, '46 %'],
    [1, '100 %'],
    [1.23456, '123 %'],
  ])('for the share %d: %s', (share, words) => {
    expect(inPercent(share)).toBe(words);
  });

  it.each([
    [1240.4, '1,240 ms'],
    [99.66666, '100 ms'],
    [0.25, '0.25 ms'],
  ])('for %d milliseconds: %s', (ms, words) => {
    expect(inMs(ms)).toBe(words);
  });

  it.each([
    [299, 'about 300'],
    [473, 'about 480'],
    [50, 'about 50'],
    [7, 'about 7'],
    [1000, 'about 1,000'],
    [1001, 'about 1,100'],
  ])('for roughly %i: %s', (count, words) => {
    expect(roughly(count)).toBe(words);
  });

  it('tell two numbers apart that differ', () => {
    expect(inPercent(0.05004, 0.05)).toBe('5.004 %');
    expect(inMs(1000.2, 1000)).toBe('1,000.2 ms');
    expect(inPercent(0.05, 0.05)).toBe('5 %');
    expect(inPercent(0.1, 0.1 + Number.EPSILON)).toBe('10 %');
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 1e6 }),
        (ms, limit) => {
          fc.pre(ms !== limit);
          expect(inMs(ms, limit)).not.toBe(inMs(limit));
        },
      ),
    );
  });
});
