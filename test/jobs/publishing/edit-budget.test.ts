import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEditBudget } from '../../../jobs/publishing/edit-budget.ts';

const begin = 1_800_000_000_000;
const progress = (mayEnd: number) => ({ news: 'progress', mayEnd }) as const;
const end = (mayEnd: number) => ({ news: 'final', mayEnd }) as const;

/** Asks for progress edits every 100 ms for so long; returns how many were granted. */
function hurry(
  budget: ReturnType<typeof createEditBudget>,
  { from, forMs, mayEnd }: { from: number; forMs: number; mayEnd: number },
): number {
  let granted = 0;
  for (let at = from; at < from + forMs; at += 100) if (budget.take(at, progress(mayEnd))) granted += 1;
  return granted;
}

describe('the budget of edits', () => {
  test('lets progress through while nothing can end', () => {
    expect(hurry(createEditBudget(), { from: begin, forMs: 60_000, mayEnd: 0 })).toBeGreaterThan(40);
  });

  test('grants 25 ends spread over a minute at once, whatever wanted to be drawn before and between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 59_999 }), { minLength: 25, maxLength: 25 }),
        (spread) => {
          const budget = createEditBudget();
          const first = begin + 120_000;
          const ends = spread.map((ms) => first + ms).sort((left, right) => left - right);
          // At most 20 at one instant: more wait for what Slack takes at once.
          fc.pre(ends.every((at, index) => (ends[index + 20] ?? Infinity) > at + 10_000));
          let isGranted = true;
          let running = 25;
          for (let at = begin; at <= first + 60_000; at += 100) {
            for (; ends[0] !== undefined && ends[0] <= at; ends.shift(), running -= 1) {
              if (!budget.take(at, end(running))) isGranted = false;
            }
            budget.take(at, progress(running));
          }
          return isGranted;
        },
      ),
      { numRuns: 60 },
    );
  });

  test('never lets more than 46 edits through in any minute', () => {
    const budget = createEditBudget();
    const granted: number[] = [];
    for (let at = begin; at < begin + 300_000; at += 50) if (budget.take(at, end(60))) granted.push(at);
    const mostInAMinute = Math.max(
      ...granted.map((from) => granted.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(mostInAMinute).toBeLessThanOrEqual(46);
    expect(granted.length).toBeGreaterThan(200);
  });

  test('leaves clocks behind other news', () => {
    const budget = createEditBudget();
    let granted = 0;
    for (let at = begin; at < begin + 60_000; at += 100) {
      if (budget.take(at, { news: 'clock', mayEnd: 0 })) granted += 1;
    }
    expect(granted).toBeLessThanOrEqual(36);
    expect(budget.hasRoom(begin + 60_000, progress(0))).toBe(true);
  });

  test('is closed while Slack asks for patience', () => {
    const budget = createEditBudget();
    budget.closeUntil(begin + 5_000);
    expect(budget.hasRoom(begin + 4_999, end(1))).toBe(false);
    expect(budget.hasRoom(begin + 5_000, end(1))).toBe(true);
  });
});
