import { describe, expect, it } from 'vitest';
import { calendarDates } from '../../src/config/calendar-dates.ts';
import { aCalendar, anEvent } from './calendar-text.ts';

describe('the days of a calendar', () => {
  it('are those of its events, sorted, each once', () => {
    const text = aCalendar(
      anEvent('Boxing Day', 'DTSTART;VALUE=DATE:20261226'),
      anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227'),
    );

    expect(datesOf(text)).toEqual(['2026-12-25', '2026-12-26']);
  });

  it.each([
    ['has no end', [], ['2026-12-25']],
    ['ends the day after, as the standard says', ['DTEND;VALUE=DATE:20261226'], ['2026-12-25']],
    ['ends when it begins, as some programs write', ['DTEND;VALUE=DATE:20261225'], ['2026-12-25']],
    ['lasts two days', ['DURATION:P2D'], ['2026-12-25', '2026-12-26']],
  ])('are whole ones of an event that %s', (_, more, dates) => {
    expect(datesOf(aCalendar(anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225', ...more)))).toEqual(dates);
  });

  it('are also those of an event written from midnight to midnight', () => {
    const text = aCalendar(
      anEvent(
        'Christmas',
        'DTSTART;TZID=America/New_York:20261225T000000',
        'DTEND;TZID=America/New_York:20261227T000000',
      ),
    );

    expect(datesOf(text)).toEqual(['2026-12-25', '2026-12-26']);
  });

  it('are read of every calendar in the file, and though a mark of its encoding comes first', () => {
    const first = aCalendar(anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225'));
    const second = aCalendar(anEvent('New Year', 'DTSTART;VALUE=DATE:20270101'));

    expect(datesOf(`\uFEFF${first}${second}`)).toEqual(['2026-12-25', '2027-01-01']);
  });

  it.each([
    [
      'Thanksgiving',
      'DTSTART;VALUE=DATE:20261126',
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      '2026-11-26 2027-11-25 2028-11-23 2029-11-22',
    ],
    [
      'Memorial Day',
      'DTSTART;VALUE=DATE:20260525',
      'FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO',
      '2026-05-25 2027-05-31 2028-05-29 2029-05-28',
    ],
    [
      'Christmas',
      'DTSTART;VALUE=DATE:20261225',
      'FREQ=YEARLY',
      '2026-12-25 2027-12-25 2028-12-25 2029-12-25',
    ],
    [
      'Leap day',
      'DTSTART;VALUE=DATE:20240229',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20320101',
      '2024-02-29 2028-02-29',
    ],
    ['Two years only', 'DTSTART;VALUE=DATE:20261225', 'FREQ=YEARLY;COUNT=2', '2026-12-25 2027-12-25'],
  ])('repeat as its rule says: %s', (name, start, rule, dates) => {
    const expected = dates.split(' ');

    expect(datesOf(aCalendar(anEvent(name, start, `RRULE:${rule}`))).slice(0, expected.length)).toEqual(
      expected,
    );
  });

  it('that repeat for ever are listed within the same years whenever the file is read', () => {
    const dates = datesOf(aCalendar(anEvent('New Year', 'DTSTART;VALUE=DATE:19700101', 'RRULE:FREQ=YEARLY')));

    expect([dates.length, dates.at(0), dates.at(-1)]).toEqual([40, '2020-01-01', '2059-01-01']);
  });

  it('are without those that are excluded or cancelled, with those that are added or moved', () => {
    const text = aCalendar(
      anEvent(
        'Founders’ Day',
        'DTSTART;VALUE=DATE:20260601',
        'RRULE:FREQ=YEARLY;COUNT=5',
        'EXDATE;VALUE=DATE:20270601',
        'RDATE;VALUE=DATE:20260901',
      ),
      anEvent('Founders’ Day', 'RECURRENCE-ID;VALUE=DATE:20280601', 'DTSTART;VALUE=DATE:20280602'),
      anEvent(
        'Founders’ Day',
        'RECURRENCE-ID;VALUE=DATE:20290601',
        'DTSTART;VALUE=DATE:20290601',
        'STATUS:CANCELLED',
      ),
      anEvent('Called off', 'DTSTART;VALUE=DATE:20261111', 'STATUS:CANCELLED'),
    );

    expect(datesOf(text)).toEqual(['2026-06-01', '2026-09-01', '2028-06-02', '2030-06-01']);
  });

  it('are not changed by what was moved of another event on the same day', () => {
    const text = aCalendar(
      anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY;COUNT=2'),
      anEvent('Party', 'RECURRENCE-ID;VALUE=DATE:20261225', 'DTSTART;VALUE=DATE:20261218'),
    );

    expect(datesOf(text)).toEqual(['2026-12-18', '2026-12-25', '2027-12-25']);
  });

  it.each([
    ['', /^There are no events in it\. Export a calendar with holidays/u],
    [aCalendar(), /^There are no events in it/u],
    ['<html></html>', /^It cannot be read as a calendar \(invalid line .*\)\. Export it again as iCalendar/u],
    [
      aCalendar(anEvent('Party', 'DTSTART:20261218T140000', 'DTEND:20261218T180000')),
      /^The event “Party” has times of day, and holidays are whole days\. Make it an all-day event/u,
    ],
    [aCalendar(anEvent('Nothing')), /^The event “Nothing” has no beginning \(DTSTART\)/u],
    [
      aCalendar(anEvent('Christmas', 'DTSTART;VALUE=DATE:2026-12-25')),
      /^The event “Christmas” has DTSTART with 2026-.*, which is no date\. Correct it/u,
    ],
    [aCalendar(anEvent('Christmas', 'DTSTART;VALUE=DATE:20261332')), /, which is no date\./u],
    [
      aCalendar(
        anEvent('Off', 'DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=YEARLY', 'RDATE;VALUE=DATE:20260230'),
      ),
      /^The event “Off” has RDATE with 2026-02-30, which is no date/u,
    ],
    [
      aCalendar(anEvent('Every day', 'DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY')),
      /^The event “Every day” repeats too often to be a holiday/u,
    ],
    [
      aCalendar(anEvent('A mistake', 'DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20560101')),
      /^It has more than 5000 days\./u,
    ],
    [aCalendar('BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT'), /^An event without a name has no beginning/u],
  ])('are not guessed from what is wrong (%#)', (text, reason) => {
    expect(calendarDates(text)).toEqual({ kind: 'invalid', reason: expect.stringMatching(reason) });
  });
});

function datesOf(text: string): string[] {
  const reading = calendarDates(text);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading.dates;
}
