import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/domain/calendar/wall-clock.ts';
import { kindOf, type Span, type WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { Freeze, FreezeScope } from '../../src/domain/freeze.ts';
import type { Lock } from '../../src/domain/lock.ts';
import { decideStart, isHeldUp, type StartQuestion } from '../../src/domain/start-times.ts';
import { aFreeze, aLock, aStart, aWindow } from './restriction-builders.ts';

const region = 'us-east-1';
/** Minutes in which everything stays the same here: all times are multiples of it, and so are the changes of all clocks. */
const GRAIN = 5;
const LOOK = GRAIN * 60_000;
const HOURS = 3_600_000;

const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const span: fc.Arbitrary<Span> = fc
  .record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    times: fc.uniqueArray(fc.integer({ min: 0, max: 1_440 / GRAIN }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ days, times: [one = 0, other = 1] }) => ({
    days,
    from: Math.min(one, other) * GRAIN,
    to: Math.max(one, other) * GRAIN,
  }));
const spans = fc.array(span, { maxLength: 3 });
const window: fc.Arbitrary<WindowPolicy> = fc
  .record({ zone: zones, preferred: spans, avoided: spans, forbidden: spans })
  .map((policy) => aWindow(policy));

/** Around the days on which clocks change, and others. */
const start = fc
  .integer({ min: Date.UTC(2025, 9, 1), max: Date.UTC(2027, 4, 1) })
  .map((time) => Math.floor(time / LOOK) * LOOK);
/** From the start on; in lengths of `LOOK`. */
const length = fc.record({
  from: fc.integer({ min: -120, max: 400 }),
  for: fc.integer({ min: 1, max: 300 }),
});
const scope: fc.Arbitrary<FreezeScope> = fc.constantFrom<FreezeScope[]>(
  {},
  { environments: ['production'] },
  { services: ['api'] },
  { services: ['other'] },
);

const question: fc.Arbitrary<StartQuestion> = fc
  .record({
    at: start,
    window: fc.option(window, { nil: undefined }),
    freezes: fc.array(fc.record({ scope, length, isLifted: fc.boolean() }), { maxLength: 3 }),
    locks: fc.array(fc.record({ length, owner: fc.constantFrom('U0MAYA', 'U0LENA') }), { maxLength: 2 }),
    hasConsent: fc.boolean(),
  })
  .map(({ at, window: policy, freezes, locks, hasConsent }) =>
    aStart({
      ...{ at, hasConsent },
      ...(policy === undefined ? {} : { window: policy }),
      freezes: freezes.map((one): Freeze => {
        const from = at + one.length.from * LOOK;
        const by = { kind: 'job', run: 'test' } as const;
        const freeze = aFreeze({ scope: one.scope, from, until: from + one.length.for * LOOK });
        return one.isLifted ? { ...freeze, lifted: { at, by } } : freeze;
      }),
      locks: locks.map((one): Lock => aLock({ owner: one.owner, until: at + one.length.for * LOOK })),
    }),
  );

it('the end of a wait is the first time at which it may, and the end of the time it may the first at which it may not', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const decision = decideStart(asked, region);
      const { kind, until } = decision;
      const times = timesToLookAt(asked.at, until);

      expect(times.filter((at) => mayByHand(at, asked) !== (kind === 'may'))).toEqual([]);
      if (until !== undefined) {
        expect(until).toBeGreaterThan(asked.at);
        expect(decideStart({ ...asked, at: until }, region).kind === 'may').toBe(kind !== 'may');
        expect(mayByHand(until, asked)).toBe(kind !== 'may');
      }
    }),
    { numRuns: 20 },
  );
});

it('until what must wait is looked at again, nobody’s consent would help', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const decision = decideStart(asked, region);
      fc.pre(decision.kind === 'must-wait');
      const { until = Number.POSITIVE_INFINITY, lookAgainAt } = decision;
      const consented = timesToLookAt(asked.at, lookAgainAt).map((at) => ({
        ...asked,
        at,
        hasConsent: true,
      }));

      expect(consented.filter((one) => !isHeldUp(one, region))).toEqual([]);
      expect(lookAgainAt ?? until).toBeLessThanOrEqual(until);
    }),
    { numRuns: 10 },
  );
});

/** Every time before the end, but for those in the middle of a long wait. */
function timesToLookAt(at: number, until = Number.POSITIVE_INFINITY): number[] {
  const first = { from: at, to: Math.min(until, at + 12 * HOURS) };
  const last = { from: Math.max(first.to, until - 6 * HOURS), to: until };
  const spans = until === Number.POSITIVE_INFINITY ? [first] : [first, last];
  return spans.flatMap(({ from, to }) =>
    Array.from({ length: Math.ceil((to - from) / LOOK) }, (_, index) => from + index * LOOK),
  );
}

/** The rules once more, as the product says them, one time after the other. */
function mayByHand(at: number, { window: policy, freezes, locks, hasConsent }: StartQuestion): boolean {
  const isFrozen = freezes.some(
    ({ scope: of, lifted, from, until }) =>
      lifted === undefined && (of.services ?? ['api']).includes('api') && at >= from && at < until,
  );
  const isHeld = locks.some(({ owner, until }) => owner !== 'U0MAYA' && at < until);
  if (isFrozen || isHeld) return false;
  if (policy === undefined) return true;
  const kind = kindOf(at, policy, region);
  if (kind === 'preferred') return true;
  return kind !== 'forbidden' && hasConsent;
}
