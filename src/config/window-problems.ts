import { WEEKDAYS } from '../domain/calendar/wall-clock.ts';
import type { Span } from '../domain/calendar/window.ts';
import { allowedTo } from '../domain/people-policy.ts';
import { type Calendars, calendarNamed } from './calendar-files.ts';
import { peopleOf } from './people-of.ts';
import { placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import { holidaysIn, isCalendar, type Windows } from './window-settings.ts';
import type { YamlFile } from './yaml-file.ts';

/** Windows that could not be kept as they are written, or that nothing would come of. */
export function windowProblems(file: PolicyFile, yaml: YamlFile, calendars: Calendars): Problem[] {
  return Object.entries(file.environments).flatMap(([environment, { windows }]) => {
    if (windows === undefined) return [];
    const path = ['environments', environment, 'windows'];
    return [
      ...neverPreferred(windows, path, yaml),
      ...holidayProblems(windows, path, yaml),
      ...calendarProblems({ windows, path, calendars }, yaml),
      ...zoneProblems({ windows, path, environment }, file, yaml),
      ...consentProblems({ path, environment }, file, yaml),
    ];
  });
}

/** Only looked at by the days of the week: holidays come and go. */
function neverPreferred(windows: Windows, path: Path, yaml: YamlFile): Problem[] {
  const { preferred, avoided, forbidden } = windows;
  const others = [...avoided, ...forbidden];
  const edges = [...preferred, ...others].flatMap(({ from, to }) => [from, to]);
  const isEver = WEEKDAYS.some((day) =>
    edges.some((minute) => {
      const isIn = (spans: readonly Span[]) => spans.some((span) => isOn(span, day, minute));
      return isIn(preferred) && !isIn(others);
    }),
  );
  if (isEver || preferred.some(({ days }) => days === 'holidays')) return [];
  const message =
    'No deployment could ever go by itself: whenever it is preferred, it is also avoided or forbidden, and those come first. Name other times.';
  return [yaml.problemAt([...path, 'preferred'], message, 'key')];
}

function isOn({ days, from, to }: Span, day: (typeof WEEKDAYS)[number], minute: number): boolean {
  return days !== 'holidays' && days.includes(day) && minute >= from && minute < to;
}

function holidayProblems(windows: Windows, path: Path, yaml: YamlFile): Problem[] {
  const lists = (['preferred', 'avoided', 'forbidden'] as const).filter((list) =>
    windows[list].some(({ days }) => days === 'holidays'),
  );
  const [first] = lists;
  const isSaid = holidaysIn(windows).length > 0;
  if (isSaid && first === undefined) {
    const message =
      'Nothing would come of this: no times are those of holidays. Add holidays to avoided or to forbidden.';
    return [yaml.problemAt([...path, 'holidays'], message, 'key')];
  }
  if (!isSaid && first !== undefined) {
    const message =
      'Which days are holidays is not said. Add holidays: [2026-12-25, holidays.ics] beside it: dates, and iCalendar files.';
    return [yaml.problemAt([...path, first], message, 'key')];
  }
  return [];
}

type Named = { windows: Windows; path: Path; calendars: Calendars };

function calendarProblems({ windows, path, calendars }: Named, yaml: YamlFile): Problem[] {
  const isAlone = typeof windows.holidays === 'string';
  return holidaysIn(windows).flatMap((holiday, index) => {
    if (!isCalendar(holiday)) return [];
    const calendar = calendarNamed(holiday, calendars);
    if (calendar.kind === 'valid') return [];
    const at = [...path, 'holidays', ...(isAlone ? [] : [index])];
    return [yaml.problemAt(at, `${holiday}: ${calendar.reason}`, 'value')];
  });
}

type InEnvironment = { windows: Windows; path: Path; environment: string };

function zoneProblems(
  { windows, path, environment }: InEnvironment,
  file: PolicyFile,
  yaml: YamlFile,
): Problem[] {
  const used = placesOf(file).flatMap((place) =>
    place.environment === environment ? Object.keys(place.runs) : [],
  );
  const regions = [...new Set(used)];
  return Object.keys(windows.zones)
    .filter((region) => !regions.includes(region))
    .map((region) => {
      const message = `No service runs in ${region} in ${environment}. ${suggestion(region, regions)}`;
      return yaml.problemAt([...path, 'zones', region], message, 'key');
    });
}

/** Where a deployment at another than a preferred time could wait for a person who does not exist. */
function consentProblems(
  { path, environment }: Pick<InEnvironment, 'path' | 'environment'>,
  file: PolicyFile,
  yaml: YamlFile,
): Problem[] {
  const people = peopleOf(file);
  const without = placesOf(file).filter(
    (place) => place.environment === environment && allowedTo('consent', place, people).length === 0,
  );
  if (without.length === 0) return [];
  const services = without.map(({ service }) => service).join(' and ');
  const message = `Nobody may consent to deployments of ${services} at other than preferred times. Name release-managers or incident-commanders under \`people\`.`;
  return [yaml.problemAt(path, message, 'key')];
}
