import { describe, expect, it } from 'vitest';
import { readDuration, readTime } from '../../commands/read-time.ts';

const newYork = 'America/New_York';
/** Sunday, 22 November 2026, 13:20:13 in New York. */
const now = Date.UTC(2026, 10, 22, 18, 20, 13);
const here = { now, zone: newYork };

function at(text: string) {
  return { kind: 'at', at: Date.parse(text) };
}

describe('words for a time', () => {
  it.each([
    ['tomorrow 02:00', '2026-11-23T02:00-05:00'],
    ['Friday 18:00', '2026-11-27T18:00-05:00'],
    ['friday at 6pm', '2026-11-27T18:00-05:00'],
    ['2026-11-29 10:00', '2026-11-29T10:00-05:00'],
    ['24 December 9:30', '2026-12-24T09:30-05:00'],
    ['Tuesday 24 November 10:00', '2026-11-24T10:00-05:00'],
    ['2 July 2027 9:30', '2027-07-02T09:30-04:00'],
    ['14:00', '2026-11-22T14:00-05:00'],
    ['13:00', '2026-11-23T13:00-05:00'],
    ['noon', '2026-11-23T12:00-05:00'],
    ['today 23:59', '2026-11-22T23:59-05:00'],
    ['tomorrow 14:00 UTC', '2026-11-23T14:00Z'],
    ['2026-11-29T10:00Z', '2026-11-29T10:00Z'],
    ['2026-11-01 01:30 UTC-4', '2026-11-01T01:30-04:00'],
    ['2026-11-01 01:30 UTC-5', '2026-11-01T01:30-05:00'],
    ['2027-01-01 01:30 UTC+5:30', '2027-01-01T01:30+05:30'],
    ['in 2 hours', '2026-11-22T20:20:13Z'],
    ['in 90 min', '2026-11-22T19:50:13Z'],
    ['in 3 days', '2026-11-25T13:20-05:00'],
  ])('“%s” are %s', (text, expected) => {
    expect(readTime(text, here)).toEqual(at(expected));
  });

  it.each([
    'friday',
    'friday 18',
    'tomorrow',
    'tonight',
    'next friday 18:00',
    'friday midnight',
    'this friday 18:00',
    'next week',
    '2 hours',
  ])('“%s” leave something open: they are proposed, not taken', (text) => {
    expect(readTime(text, here).kind).toBe('guess');
  });

  it.each([
    '',
    'production',
    'soon',
    '18',
    '18h',
    '11/12 10:00',
    '25.12. 10:00',
    '12-11-2026 10:00',
    'last friday 10:00',
    'yesterday 10:00',
    '2 hours ago',
    'Monday 24 November 10:00',
    'friday 10:00 or saturday 10:00',
    'friday 10:00 to 12:00',
    'friday 18:00 sharp',
    '2026-02-30 10:00',
    'tomorrow 25:00',
  ])('“%s” are no time Forge could be sure of', (text) => {
    expect(['unclear', 'guess']).toContain(readTime(text, here).kind);
  });

  it.each(['', 'soon', '18', '11/12 10:00', 'last friday 10:00', 'Monday 24 November 10:00'])(
    '“%s” are not even proposed',
    (text) => {
      expect(readTime(text, here)).toEqual({ kind: 'unclear' });
    },
  );

  it('that the clock shows twice are both', () => {
    expect(readTime('2026-11-01 01:30', { now: Date.UTC(2026, 9, 30), zone: newYork })).toEqual({
      kind: 'twice',
      at: [Date.parse('2026-11-01T01:30-04:00'), Date.parse('2026-11-01T01:30-05:00')],
    });
  });

  it('that the clock skips are none', () => {
    expect(readTime('2027-03-14 02:30', here)).toEqual({
      kind: 'skipped',
      skippedAt: Date.parse('2027-03-14T03:00-04:00'),
    });
  });

  it('count by the clock on the wall also after it changed', () => {
    const before = { now: Date.parse('2026-10-31T12:00-04:00'), zone: newYork };

    expect(readTime('tomorrow 12:00', before)).toEqual(at('2026-11-01T12:00-05:00'));
    expect(readTime('in 24 hours', before)).toEqual(at('2026-11-01T11:00-05:00'));
  });
});

describe('words for a duration', () => {
  it.each([
    ['2 hours', '2026-11-22T20:20:13Z'],
    ['18h', '2026-11-23T12:20:13Z'],
    ['3 days', '2026-11-25T13:20-05:00'],
  ])('“%s” end at %s', (text, expected) => {
    expect(readDuration(text, here)).toEqual(at(expected));
  });

  it.each(['friday', '18:00', 'ever', ''])('“%s” are none', (text) => {
    expect(readDuration(text, here)).toEqual({ kind: 'unclear' });
  });
});
