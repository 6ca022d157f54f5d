import { describe, expect, it } from 'vitest';
import { formatDate } from '../../../sandbox/page/text/dates.ts';

const NOW = new Date('2026-11-22T15:00:00Z');
const NOON = Date.parse('2026-11-22T12:05:09Z') / 1000;
const LONG_AGO = Date.parse('2014-02-18T14:39:42Z') / 1000;
const view = { now: NOW, timeZone: 'UTC' };

describe('a date', () => {
  it.each([
    ['{date_num}', '2014-02-18'],
    ['{date_slash}', '02/18/2014'],
    ['{date}', 'February 18th, 2014'],
    ['{date_short}', 'Feb 18, 2014'],
    ['{date_long}', 'Tuesday, February 18th, 2014'],
    ['{date_long_full}', 'February 18, 2014'],
    ['{date_pretty}', 'February 18th, 2014'],
    ['{date_long_pretty}', 'Tuesday, February 18th, 2014'],
    ['{time}', '2:39 PM'],
    ['{time_secs}', '2:39:42 PM'],
    ['{ago}', '12 years ago'],
    ['on {date_short} at {time}', 'on Feb 18, 2014 at 2:39 PM'],
    ['{unknown_token}', '{unknown_token}'],
  ])('written as %s reads %j', (format, expected) => {
    expect(formatDate(LONG_AGO, format, view)).toBe(expected);
  });

  it('leaves the year out within half a year', () => {
    expect(formatDate(NOON, '{date_short}', view)).toBe('Nov 22');
  });

  it.each([
    [-86_400, 'yesterday'],
    [0, 'today'],
    [86_400, 'tomorrow'],
    [2 * 86_400, 'Nov 24'],
  ])('%d seconds from today is %j', (offset, expected) => {
    expect(formatDate(NOON + offset, '{date_short_pretty}', view)).toBe(expected);
  });

  it("is counted in days of the reader's own zone", () => {
    const lateEvening = Date.parse('2026-11-22T23:30:00Z') / 1000;

    expect(formatDate(lateEvening, '{date_pretty} {time}', { now: NOW, timeZone: 'Asia/Kolkata' })).toBe(
      'tomorrow 5:00 AM',
    );
  });

  it.each([
    [0, 'just now'],
    [-180, '3 minutes ago'],
    [-7_200, '2 hours ago'],
    [3_600, 'in 1 hour'],
  ])('%d seconds from now is %j', (offset, expected) => {
    expect(formatDate(NOW.getTime() / 1000 + offset, '{ago}', view)).toBe(expected);
  });

  it.each([999_999_999_999, 1_763_769_600_000, -1, Number.NaN])(
    'of %d seconds cannot be shown',
    (seconds) => {
      expect(formatDate(seconds, '{date}', view)).toBeUndefined();
    },
  );
});
