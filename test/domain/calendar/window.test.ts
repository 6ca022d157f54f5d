import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/domain/calendar/wall-clock.ts';
import {
  judgeTime,
  kindOf,
  nextTime,
  type Span,
  type WindowPolicy,
} from '../../../src/domain/calendar/window.ts';

const newYork = 'America/New_York';
const region = 'us-east-1';

function at(text: string): number {
  return Temporal.ZonedDateTime.from(text).epochMilliseconds;
}

function aWindow(change: Partial<WindowPolicy> = {}): WindowPolicy {
  return {
    zone: newYork,
    zones: {},
    preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
    avoided: [
      { days: ['Fri'], from: 720, to: 1_440 },
      { days: ['Sat', 'Sun'], from: 0, to: 1_440 },
      { days: 'holidays', from: 0, to: 1_440 },
    ],
    forbidden: [],
    holidays: ['2026-11-26'],
    whenItCloses: 'finish-region',
    ...change,
  };
}

describe('a window', () => {
  it.each([
    ['2026-11-23T10:00-05:00[America/New_York]', 'preferred'],
    ['2026-11-23T09:59:59-05:00[America/New_York]', 'other'],
    ['2026-11-23T15:59:59-05:00[America/New_York]', 'preferred'],
    ['2026-11-23T16:00-05:00[America/New_York]', 'other'],
    ['2026-11-27T11:59-05:00[America/New_York]', 'other'],
    ['2026-11-27T12:00-05:00[America/New_York]', 'avoided'],
    ['2026-11-28T03:00-05:00[America/New_York]', 'avoided'],
    ['2026-11-26T11:00-05:00[America/New_York]', 'avoided'],
  ])('takes %s as %s', (text, kind) => {
    expect(kindOf(at(text), aWindow(), region)).toBe(kind);
  });

  it('forbids what is preferred as well', () => {
    const policy = aWindow({ forbidden: [{ days: ['Mon'], from: 660, to: 720 }] });

    expect(kindOf(at('2026-11-23T11:00-05:00[America/New_York]'), policy, region)).toBe('forbidden');
  });

  it('goes by the wall clock of the region where that has a zone of its own', () => {
    const policy = aWindow({ zones: { 'ap-southeast-1': 'Asia/Singapore' } });
    const morning = at('2026-11-23T10:00+08:00[Asia/Singapore]');

    expect(kindOf(morning, policy, 'ap-southeast-1')).toBe('preferred');
    expect(kindOf(morning, policy, region)).toBe('avoided');
  });

  it('opens at the same time on the wall after the clocks changed', () => {
    const before = at('2026-10-30T18:00-04:00[America/New_York]');
    const monday = nextTime(before, aWindow(), region, (kind) => kind === 'preferred');

    expect(monday).toBe(at('2026-11-02T10:00-05:00[America/New_York]'));
  });

  it('that begins in the hour the clocks skip begins when they go on', () => {
    const policy = aWindow({ preferred: [{ days: ['Sun'], from: 150, to: 240 }], avoided: [] });
    const night = at('2026-03-08T00:00-05:00[America/New_York]');

    expect(nextTime(night, policy, region, (kind) => kind === 'preferred')).toBe(
      at('2026-03-08T03:00-04:00[America/New_York]'),
    );
  });

  it('that begins before the clocks change in the night does not wait for that', () => {
    const spring = aWindow({ preferred: [{ days: ['Sun'], from: 60, to: 240 }], avoided: [] });
    const autumn = aWindow({ preferred: [{ days: ['Sun'], from: 30, to: 240 }], avoided: [] });
    const opens = (text: string, policy: WindowPolicy) =>
      nextTime(at(text), policy, region, (kind) => kind === 'preferred');

    expect(opens('2026-03-07T12:00-05:00[America/New_York]', spring)).toBe(
      at('2026-03-08T01:00-05:00[America/New_York]'),
    );
    expect(opens('2026-10-31T12:00-04:00[America/New_York]', autumn)).toBe(
      at('2026-11-01T00:30-04:00[America/New_York]'),
    );
  });

  it('that opens twice in the hour after midnight is found where midnight is shown twice, too', () => {
    const preferred: Span[] = [
      { days: ['Sun'], from: 0, to: 10 },
      { days: ['Sun'], from: 30, to: 40 },
    ];
    const policy = aWindow({ zone: 'America/Havana', preferred, avoided: [] });

    expect(
      nextTime(at('2026-11-01T00:15-04:00[America/Havana]'), policy, region, (kind) => kind === 'preferred'),
    ).toBe(at('2026-11-01T00:30-04:00[America/Havana]'));
  });

  it('in the hour that is shown twice is open both times', () => {
    const policy = aWindow({ preferred: [{ days: ['Sun'], from: 75, to: 90 }], avoided: [] });
    const first = at('2026-11-01T01:15-04:00[America/New_York]');
    const between = at('2026-11-01T01:45-04:00[America/New_York]');
    const second = at('2026-11-01T01:15-05:00[America/New_York]');

    expect([first, between, second].map((time) => kindOf(time, policy, region))).toEqual([
      'preferred',
      'other',
      'preferred',
    ]);
    expect(judgeTime(first, policy, region).until).toBe(at('2026-11-01T01:30-04:00[America/New_York]'));
    expect(judgeTime(between, policy, region).until).toBe(at('2026-11-01T01:15-05:00[America/New_York]'));
  });

  it('says nothing of an end where there is none', () => {
    const always = aWindow({ preferred: [], avoided: [], holidays: [] });

    expect(judgeTime(at('2026-11-23T10:00-05:00[America/New_York]'), always, region)).toEqual({
      kind: 'other',
    });
    expect(nextTime(0, always, region, (kind) => kind === 'preferred')).toBeUndefined();
  });
});

const zones = fc.constantFrom(
  newYork,
  'Europe/Berlin',
  'Asia/Singapore',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
);
/** In five minutes everything stays the same here: all times are multiples of it, and so are the changes of all clocks. */
const GRAIN = 5;
const span: fc.Arbitrary<Span> = fc
  .record({
    days: fc.oneof(fc.constant('holidays' as const), fc.subarray([...WEEKDAYS], { minLength: 1 })),
    times: fc.uniqueArray(fc.integer({ min: 0, max: 1_440 / GRAIN }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ days, times: [one = 0, other = 1] }) => ({
    days,
    from: Math.min(one, other) * GRAIN,
    to: Math.max(one, other) * GRAIN,
  }));
const spans = fc.array(span, { maxLength: 3 });

const LOOK = GRAIN * 60_000;
const HOURS = 3_600_000;

/** A zone, and a time there: any, or one in the day and a half before the clocks change. */
const moments = fc
  .record({
    zone: zones,
    any: fc.integer({ min: Date.UTC(2025, 9, 1), max: Date.UTC(2027, 4, 1) }),
    before: fc.option(fc.integer({ min: 0, max: 36 * HOURS }), { freq: 3 }),
  })
  .map(({ zone, any, before }) => {
    const local = Temporal.Instant.fromEpochMilliseconds(any).toZonedDateTimeISO(zone);
    const change = local.getTimeZoneTransition('next')?.epochMilliseconds;
    const when = before === null || change === undefined ? any : change - before;
    return { zone, start: Math.floor(when / LOOK) * LOOK };
  });

describe('the time a window changes', () => {
  it('is what the calendar of the library says when all times are looked at one by one', () => {
    fc.assert(
      fc.property(moments, spans, spans, spans, ({ zone, start }, preferred, avoided, forbidden) => {
        const policy: WindowPolicy = {
          ...{ zone, zones: {}, preferred, avoided, forbidden },
          holidays: ['2026-03-29', '2026-11-01'],
          whenItCloses: 'finish-region',
        };
        const { kind, until } = judgeTime(start, policy, region);
        const limit = Math.min(start + 2 * 24 * HOURS, until ?? Number.POSITIVE_INFINITY);
        const looks = Array.from(
          { length: Math.ceil((limit - start) / LOOK) },
          (_, index) => start + index * LOOK,
        );
        expect(looks.find((look) => oracle(look, policy) !== kind)).toBeUndefined();
        if (until !== undefined) expect(oracle(until, policy)).not.toBe(kind);
      }),
      { numRuns: 80 },
    );
  });
});

/** The same question asked of the library's own fields of a zoned time. */
function oracle(when: number, { zone, preferred, avoided, forbidden, holidays }: WindowPolicy): string {
  const local = Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(zone);
  const date = local.toPlainDate().toString();
  const sinceMidnight = Temporal.PlainTime.from('00:00').until(local.toPlainTime()).total('minutes');
  const isIn = (list: readonly Span[]) =>
    list.some(({ days, from, to }) => {
      const isDay =
        days === 'holidays'
          ? holidays.includes(date)
          : days.some((day) => WEEKDAYS.indexOf(day) + 1 === local.dayOfWeek);
      return isDay && sinceMidnight >= from && sinceMidnight < to;
    });
  if (isIn(forbidden)) return 'forbidden';
  if (isIn(avoided)) return 'avoided';
  return isIn(preferred) ? 'preferred' : 'other';
}
