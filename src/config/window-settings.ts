import { z } from 'zod';
import { Region } from './names.ts';
import { TimeZone } from './time-zone.ts';
import { WindowTimes } from './window-times.ts';
import { oneOf, shown, words } from './words.ts';

const Holiday = words({
  what: 'a holiday',
  how: 'Write a date like 2026-12-25, or the path of an iCalendar file like holidays.ics, from the folder of this file.',
  pattern: /^(?:\d{4}-\d\d-\d\d|\S(?:.*\S)?\.ics)$/,
}).refine((text) => isCalendar(text) || isDate(text), {
  error: ({ input }) => `${shown(input)} is not in the calendar. Correct the month or the day.`,
});

const Holidays = z
  .union([Holiday, z.array(Holiday)], {
    error: ({ input }) =>
      `${shown(input)} stands where holidays belong. Write [2026-12-25, holidays.ics]: dates, and iCalendar files.`,
  })
  .describe('Days on which the times of holidays count: dates, and iCalendar files beside this one.');

const closings = ['finish region', 'hold', 'roll back'] as const;

/** When deployments may begin in an environment. */
export const Windows = z
  .strictObject({
    zone: TimeZone,
    zones: z
      .record(Region, TimeZone)
      .default({})
      .describe('By region, instead of `zone`: there the same times count by another wall clock.'),
    preferred: WindowTimes.describe('A deployment goes by itself.'),
    avoided: WindowTimes.default([]).describe(
      'A deployment needs a reason and the consent of a release manager, as at all times that are not preferred.',
    ),
    forbidden: WindowTimes.default([]).describe('Only an emergency goes.'),
    holidays: Holidays.default([]),
    'when it closes': oneOf(
      closings,
      (input) => `${shown(input)} is no answer to that. Write ${closings.join(', ')}.`,
    )
      .default('finish region')
      .describe('What a deployment does that is under way when preferred times end, or a freeze begins.'),
  })
  .describe(
    'When deployments may begin. Like { zone: America/New_York, preferred: Mon-Thu 10:00-16:00, avoided: [Fri 12:00-24:00, weekends] }.',
  );
export type Windows = z.infer<typeof Windows>;

/** As the file writes them: dates and paths of calendars. */
export function holidaysIn({ holidays }: Pick<Windows, 'holidays'>): string[] {
  return typeof holidays === 'string' ? [holidays] : holidays;
}

/** Of an entry of `holidays`: whether it is the path of a file. */
export function isCalendar(holiday: string): boolean {
  return holiday.endsWith('.ics');
}

/** Whether there is such a day: 30 February would be read as a day of March. */
function isDate(text: string): boolean {
  const midnight = new Date(`${text}T00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}
