import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../domain/errors.ts';
import { type CalendarReading, calendarDates } from './calendar-dates.ts';
import { Outline } from './outline.ts';
import { isCalendar } from './window-settings.ts';
import { readYaml } from './yaml-file.ts';

/** What was found in the calendar files that a policy file names, by the path as it stands there. */
export type Calendars = ReadonlyMap<string, CalendarReading>;

/** Reads the calendars a policy file names, from the folder it lies in. A file that cannot be read is told, not thrown. */
export async function readCalendars(text: string, policyFile: string): Promise<Calendars> {
  const paths = calendarsNamed(text, policyFile);
  const readings = paths.map(async (path): Promise<[string, CalendarReading]> => {
    try {
      return [path, calendarDates(await readFile(resolve(dirname(policyFile), path), 'utf8'))];
    } catch (error) {
      return [path, unreadable(messageOf(error))];
    }
  });
  return new Map(await Promise.all(readings));
}

export function calendarNamed(path: string, calendars: Calendars): CalendarReading {
  return calendars.get(path) ?? unreadable('nobody has looked for it');
}

function unreadable(reason: string): CalendarReading {
  const advice =
    'Put it beside the policy file, or correct its path: it counts from the folder of this file.';
  return { kind: 'invalid', reason: `It cannot be read (${reason}). ${advice}` };
}

function calendarsNamed(text: string, policyFile: string): string[] {
  const { environments } = Outline.parse(readYaml(text, policyFile).content);
  const paths = Object.values(environments).flatMap(({ windows }) => windows.holidays.filter(isCalendar));
  return [...new Set(paths)];
}
