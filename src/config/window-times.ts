import { z } from 'zod';
import { DAY_MINUTES, WEEKDAYS, type Weekday } from '../domain/calendar/wall-clock.ts';
import type { Span } from '../domain/calendar/window.ts';
import { shown, words } from './words.ts';

const day = `(?:${WEEKDAYS.join('|')})`;
const listed = `${day}(?:-${day})?(?:, ?${day}(?:-${day})?)*`;
const days = `(?:${listed}|weekdays|weekends|every day|holidays)`;
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d';

const what = 'a time of the week';
const how =
  'Write days and times like "Mon-Thu 10:00-16:00", "Fri 12:00-24:00" or "Sat 22:00-04:00"; days are Mon to Sun, weekdays, weekends, every day or holidays, and without times the whole day is meant.';

const Sentence = words({
  what,
  how,
  pattern: new RegExp(`^${days}(?: ${time}-(?:${time}|24:00))?$`),
}).superRefine((text, context) => {
  const message = impossible(partsOf(text));
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const Sentences = z
  .array(Sentence)
  .superRefine((texts, context) => {
    for (const [index, text] of texts.entries()) {
      const next = texts[index + 1];
      if (next === undefined || !new RegExp(`^${listed}$`).test(text) || !next.includes(':')) continue;
      // The comma of "Mon, Wed 10:00-11:00" without quotes parts the list, and the first day would count from midnight to midnight.
      const message = `${text} alone means the whole day. If the times beside it are meant for both, write "${text}, ${next}" in quotes; else write "${text} 00:00-24:00".`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
  })
  .transform((texts) => texts.flatMap(spansOf));

/**
 * Times of day on some days, as one sentence or several: `Mon-Thu 10:00-16:00`, `Fri 12:00-24:00`, `weekends`, `holidays`. Times
 * that end before their beginning go on into the next day; not those of holidays, since that is one no more.
 */
export const WindowTimes = z
  .union([Sentence.transform(spansOf), Sentences], {
    error: ({ input }) =>
      input === undefined ? `Add ${what}. ${how}` : `${shown(input)} is not ${what}. ${how}`,
  })
  .describe(`One time of the week, or a list of them. ${how}`);

type Parts = { which: string; from: number; to: number };

/** Expects text of the pattern. */
function partsOf(text: string): Parts {
  const times = /^(.*?)(?: (\d\d:\d\d)-(\d\d:\d\d))?$/.exec(text);
  const [, which = '', begin = '00:00', end = '24:00'] = times ?? [];
  return { which, from: minuteOf(begin), to: minuteOf(end) };
}

function impossible({ which, from, to }: Parts): string | undefined {
  if (from === to) {
    return `These times end when they begin. Leave them out if the whole day is meant: "${which}".`;
  }
  if (which === 'holidays' && to < from && to !== 0) {
    return 'The morning after a holiday is an ordinary one, or another holiday. End these times at 24:00, and write the morning as a time of the week if it is meant.';
  }
  return undefined;
}

const WEEKEND: readonly Weekday[] = ['Sat', 'Sun'];

/** Expects text that is possible. */
function spansOf(text: string): Span[] {
  const { which, from, to } = partsOf(text);
  const on = daysOf(which);
  if (from < to) return [{ days: on, from, to }];
  const evening: Span = { days: on, from, to: DAY_MINUTES };
  return to === 0 || on === 'holidays' ? [evening] : [evening, { days: on.map(dayAfter), from: 0, to }];
}

function daysOf(text: string): Span['days'] {
  switch (text) {
    case 'holidays':
      return 'holidays';
    case 'weekends':
      return WEEKEND;
    case 'weekdays':
      return WEEKDAYS.filter((one) => !WEEKEND.includes(one));
    case 'every day':
      return WEEKDAYS;
    default:
      return [...new Set(text.split(/, ?/).flatMap(rangeOf))];
  }
}

/** `Fri-Mon` goes over the weekend. */
function rangeOf(text: string): Weekday[] {
  const [first, last = first] = text.split('-').map((name) => indexNamed(name));
  if (first === undefined || last === undefined) return [];
  const length = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length }, (_, index) => WEEKDAYS[(first + index) % WEEKDAYS.length]).filter(
    (one) => one !== undefined,
  );
}

/** Of a day by its name; -1 for what is none. */
function indexNamed(name: string): number {
  const names: readonly string[] = WEEKDAYS;
  return names.indexOf(name);
}

function dayAfter(weekday: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 1) % WEEKDAYS.length] ?? weekday;
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
