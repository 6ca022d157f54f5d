import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceNeeded, isProvenAbove, isProvenBelow } from '../../../src/domain/gates/evidence.ts';

describe('the evidence that less than a share fails', () => {
  it.each([
    [0, 0.01, 0.95, 299],
    [0, 0.005, 0.95, 598],
    [0, 0.01, 0.99, 459],
    [1, 0.01, 0.95, 473],
    [2, 0.01, 0.95, 628],
    [0, 0.5, 0.95, 5],
    [0, 1, 0.95, 1],
  ])(
    'takes, with %i errors, below %d at a confidence of %d: %i requests',
    (errors, limit, confidence, needed) => {
      expect(evidenceNeeded(errors, limit, confidence)).toBe(needed);
    },
  );

  it('is there with as many requests as needed, and not with one less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: 0.0005, max: 0.6, noNaN: true }),
        (errors, limit) => {
          const needed = evidenceNeeded(errors, limit, 0.95);
          expect(isProvenBelow({ errors, requests: needed, limit }, 0.95)).toBe(true);
          expect(isProvenBelow({ errors, requests: needed - 1, limit }, 0.95)).toBe(false);
        },
      ),
    );
  });

  it('never comes together where nothing at all may fail, or certainty is asked for', () => {
    expect(evidenceNeeded(0, 0, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(evidenceNeeded(0, 0.01, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not there without requests', () => {
    expect(isProvenBelow({ errors: 0, requests: 0, limit: 0.01 }, 0)).toBe(false);
    expect(isProvenAbove({ errors: 0, requests: 0, limit: 0.01 }, 0)).toBe(false);
  });

  it('never proves both that a share is below and above the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (some, requests) => {
        const sample = { errors: Math.min(some, requests), requests, limit: 0.05 };
        expect(isProvenBelow(sample, 0.95) && isProvenAbove(sample, 0.95)).toBe(false);
      }),
    );
  });

  it('that more than a share fails takes more than a little over it', () => {
    expect(isProvenAbove({ errors: 3, requests: 100, limit: 0.01 }, 0.95)).toBe(false);
    expect(isProvenAbove({ errors: 4, requests: 100, limit: 0.01 }, 0.95)).toBe(true);
  });
});
