import { describe, expect, it } from 'vitest';
import { type Measured, triggersOf, type Values } from './measured.ts';

/** Requests by bucket, of which those marked fail: `x` 10 %, `.` none, ` ` was not measured. */
function failing(marks: string, measured: Measured = {}): Measured {
  const at = (mark: string): number | undefined => ({ x: 10, '.': 0 })[mark];
  const requests: Values = [...marks].map((mark) => (mark === ' ' ? undefined : 100));
  return {
    buckets: marks.length,
    next: { requests, target5xx: [...marks].map(at) },
    ...measured,
  };
}

describe('a limit broken for more than 2 minutes', () => {
  it.each([
    ['xx', 'roll-back'],
    ['.xx', 'roll-back'],
    ['x', 'go-on-watching'],
    ['xx.', 'go-on-watching'],
    ['x.x', 'go-on-watching'],
    ['xx.x', 'go-on-watching'],
    ['..', 'go-on-watching'],
    ['', 'go-on-watching'],
  ])('with minutes of 60 s `%s`: %s', (marks, decision) => {
    expect(triggersOf(failing(marks), { errors: 0.05 }).decision).toBe(decision);
  });

  it.each([
    ['x x', 'roll-back'],
    ['x  x', 'go-on-watching'],
    ['xx ', 'roll-back'],
    ['xx  ', 'go-on-watching'],
    ['x ', 'go-on-watching'],
    ['x x x', 'roll-back'],
  ])('bridges one missing minute, and no more `%s`: %s', (marks, decision) => {
    expect(triggersOf(failing(marks), { errors: 0.05 }).decision).toBe(decision);
  });

  it('takes a minute with 0 requests for one that is missing', () => {
    const next = { requests: [100, 0, 100], target5xx: [10, 0, 10] };

    expect(triggersOf({ next }, { errors: 0.05 }).decision).toBe('roll-back');
  });

  it('waits until more than 2 minutes have passed since it began', () => {
    expect(triggersOf(failing('xx', { lateMs: 0 }), { errors: 0.05 }).decision).toBe('go-on-watching');
    expect(triggersOf(failing('xx', { lateMs: 1 }), { errors: 0.05 }).decision).toBe('roll-back');
  });

  it('must last for all of a longer time', () => {
    expect(triggersOf(failing('xx'), { errors: 0.05, for: 150_000 }).decision).toBe('go-on-watching');
    expect(triggersOf(failing('xxx'), { errors: 0.05, for: 150_000 }).decision).toBe('roll-back');
  });

  it('takes two minutes of measurements, even where the time asked for is shorter', () => {
    expect(triggersOf(failing('x'), { errors: 0.05, for: 60_000 }).decision).toBe('go-on-watching');
    expect(triggersOf(failing('xx'), { errors: 0.05, for: 60_000 }).decision).toBe('roll-back');
  });

  it.each([
    ['xxx', 'go-on-watching'],
    ['xxxx', 'roll-back'],
    ['xx.xx', 'go-on-watching'],
    ['x x x', 'roll-back'],
  ])('is as right with 1 s buckets and 4 s `%s`: %s', (marks, decision) => {
    const scaled = failing(marks, { periodSeconds: 1, lateMs: 3000 });

    expect(triggersOf(scaled, { errors: 0.05, for: 4000 }).decision).toBe(decision);
  });
});
