import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityOfAtLeast, probabilityOfAtMost } from '../../../src/domain/gates/binomial.ts';

/** The sum of the terms as the textbook has it; fit for few trials only. */
function added(successes: number, trials: number, chance: number): number {
  let term = (1 - chance) ** trials;
  let sum = 0;
  for (let count = 0; count <= successes; count++) {
    sum += term;
    term *= ((trials - count) / (count + 1)) * (chance / (1 - chance));
  }
  return sum;
}

describe('the binomial probability', () => {
  it('is the sum of its terms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.001, max: 0.9, noNaN: true }),
        (trials, some, chance) => {
          const successes = some % trials;
          const expected = added(successes, trials, chance);
          expect(probabilityOfAtMost(successes, { trials, chance })).toBeCloseTo(expected, 8);
        },
      ),
    );
  });

  it('is known of coins', () => {
    expect(probabilityOfAtMost(1, { trials: 2, chance: 0.5 })).toBeCloseTo(0.75, 10);
    expect(probabilityOfAtLeast(2, { trials: 2, chance: 0.5 })).toBeCloseTo(0.25, 10);
  });

  it('is certain at its ends', () => {
    expect(probabilityOfAtMost(-1, { trials: 10, chance: 0.5 })).toBe(0);
    expect(probabilityOfAtMost(10, { trials: 10, chance: 0.5 })).toBe(1);
    expect(probabilityOfAtMost(0, { trials: 10, chance: 0 })).toBe(1);
    expect(probabilityOfAtMost(9, { trials: 10, chance: 1 })).toBe(0);
    expect(probabilityOfAtLeast(0, { trials: 10, chance: 0.5 })).toBe(1);
  });

  it('is near a half at the mean of very many trials', () => {
    const probability = probabilityOfAtMost(200_000, { trials: 20_000_000, chance: 0.01 });

    expect(probability).toBeGreaterThan(0.5);
    expect(probability).toBeLessThan(0.501);
  });
});
