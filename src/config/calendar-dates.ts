import ICAL from 'ical.js';
import { dateAfter } from '../domain/calendar/wall-clock.ts';
import { messageOf, UserError } from '../domain/errors.ts';

export type CalendarReading =
  /** Sorted, each once, such as `2026-12-25`. */
  { kind: 'valid'; dates: string[] } | { kind: 'invalid'; reason: string };

/** What repeats for ever is listed within these years only, so that the same file means the same on every day it is read. */
const YEARS = { from: '2020-01-01', to: '2059-12-31' } as const;
/** Every week of those years is possible, every day is not: that is no calendar of holidays, and asking it would be slow. */
const MOST = 5_000;

type Component = InstanceType<typeof ICAL.Component>;
type Event = InstanceType<typeof ICAL.Event>;
type Time = InstanceType<typeof ICAL.Time>;

/** The days of all events in the text of an iCalendar file (RFC 5545), with everything that repeats, is moved or is cancelled. Pure. */
export function calendarDates(text: string): CalendarReading {
  try {
    const dates = [...new Set(calendarsIn(text).flatMap(datesIn))].sort();
    if (dates.length > MOST) throw new UserError(`It has more than ${MOST} days. ${ordinary}`);
    return { kind: 'valid', dates };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'invalid', reason: error.message };
    // The library throws a plain error, sometimes an accidental one, for what it cannot read.
    const reason = `It cannot be read as a calendar (${messageOf(error)}). Export it again as iCalendar: it begins with BEGIN:VCALENDAR.`;
    return { kind: 'invalid', reason };
  }
}

const ordinary = 'A calendar of holidays has a dozen a year: export that one by itself.';

/** A file may hold several calendars one after the other. */
function calendarsIn(text: string): Component[] {
  const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ''));
  const several: unknown[] = Array.isArray(parsed) ? parsed : [];
  const each = typeof several[0] === 'string' ? [several] : several.filter(Array.isArray);
  const calendars = each.map((one) => new ICAL.Component(one)).filter(({ name }) => name === 'vcalendar');
  if (calendars.every((calendar) => calendar.getFirstSubcomponent('vevent') === null)) {
    throw new UserError('There are no events in it. Export a calendar with holidays as iCalendar.');
  }
  return calendars;
}

function datesIn(calendar: Component): string[] {
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    // Without a list the library takes the changed occurrences of every event in the calendar for this one's.
    const event = new ICAL.Event(component, { exceptions: [] });
    requireDates(event);
    return event;
  });
  const changes = events.filter((event) => event.isRecurrenceException());
  const originals = events.filter((event) => !event.isRecurrenceException());
  const without = changes.filter((change) => originals.every(({ uid }) => uid !== change.uid));
  for (const event of originals) {
    for (const change of changes) if (change.uid === event.uid) event.relateException(change);
  }
  return [
    ...originals.flatMap((event) => (event.isRecurring() ? repeatedDays(event) : daysOf(event))),
    ...without.flatMap((event) => daysOf(event)),
  ];
}

function repeatedDays(event: Event): string[] {
  const days: string[] = [];
  // Its types leave out that there may be none left.
  const occurrences: { next(): Time | null | undefined } = event.iterator();
  for (let count = 0; count <= MOST; count += 1) {
    const next = occurrences.next() ?? undefined;
    if (next === undefined || next.toString() > `${YEARS.to}T24`) return days;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    days.push(...daysOf(item, { startDate, endDate }));
  }
  throw new UserError(`${named(event)} repeats too often to be a holiday. ${ordinary}`);
}

/** The days an occurrence is on, by its own wall clock. */
function daysOf(event: Event, { startDate, endDate }: { startDate: Time; endDate: Time } = event): string[] {
  if (event.component.getFirstPropertyValue('status') === 'CANCELLED') return [];
  if (!isMidnight(startDate) || !isMidnight(endDate)) {
    throw new UserError(
      `${named(event)} has times of day, and holidays are whole days. Make it an all-day event, or take it out.`,
    );
  }
  const [first, end] = [startDate, endDate].map((time) => time.toString().slice(0, 10));
  const days: string[] = [];
  // An event that ends when it begins is one day: some programs write an all-day event so.
  for (let day = first; day !== undefined && end !== undefined; day = dateAfter(day, 1)) {
    if (day >= YEARS.from && day <= YEARS.to) days.push(day);
    if (dateAfter(day, 1) >= end) break;
  }
  return days;
}

/** Also of an all-day event that a program wrote with times, from midnight to midnight. */
function isMidnight(time: Time): boolean {
  return time.isDate || (time.hour === 0 && time.minute === 0 && time.second === 0);
}

const dated = ['dtstart', 'dtend', 'recurrence-id', 'rdate', 'exdate'];

/** The library makes some date of any text, such as of 20261332; and a way of writing one it does not know is no date at all. */
function requireDates(event: Event): void {
  if (!event.component.hasProperty('dtstart')) {
    throw new UserError(
      `${named(event)} has no beginning (DTSTART). Export the calendar again, or take it out.`,
    );
  }
  for (const name of dated) {
    for (const property of event.component.getAllProperties(name)) {
      const written: unknown[] = property.toJSON().slice(3);
      for (const [index, value] of property.getValues().entries()) {
        if (value instanceof ICAL.Time && value.toString() === String(written[index])) continue;
        throw new UserError(
          `${named(event)} has ${name.toUpperCase()} with ${String(written[index])}, which is no date. Correct it there, or take the event out.`,
        );
      }
    }
  }
}

function named({ component }: Event): string {
  const summary = component.getFirstPropertyValue('summary');
  return typeof summary === 'string' && summary !== '' ? `The event “${summary}”` : 'An event without a name';
}
