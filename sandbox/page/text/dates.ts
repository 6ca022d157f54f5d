export type DateView = { now: Date; timeZone?: string; locale?: string };

/**
 * A moment in Slack's date format (`{date_short_pretty} at {time}`) as one reader sees it. `timestamp` is in
 * seconds. Unknown tokens stay visible: a hidden one would hide a mistake. undefined for a moment that no calendar
 * shows, such as milliseconds given for seconds.
 */
export function formatDate(timestamp: number, format: string, view: DateView): string | undefined {
  if (!(timestamp >= 0 && timestamp < YEAR_10000)) return undefined;
  const moment = new Date(timestamp * 1000);
  return format.replace(/\{[a-z_]+\}/g, (token) => TOKENS[token]?.(moment, view) ?? token);
}

const YEAR_10000 = 253_402_300_800;

type Token = (moment: Date, view: DateView) => string;

const TOKENS: Readonly<Record<string, Token>> = {
  '{date_num}': (moment, view) => numbers(moment, view, ([year, month, day]) => `${year}-${month}-${day}`),
  '{date_slash}': (moment, view) => numbers(moment, view, ([year, month, day]) => `${month}/${day}/${year}`),
  '{date}': longDate,
  '{date_long_full}': (moment, view) =>
    part(moment, view, { year: 'numeric', month: 'long', day: 'numeric' }),
  '{day_divider_pretty}': (moment, view) => nearDay(moment, view) ?? weekdayDate(moment, view),
  '{date_short}': shortDate,
  '{date_long}': weekdayDate,
  '{date_pretty}': (moment, view) => nearDay(moment, view) ?? longDate(moment, view),
  '{date_short_pretty}': (moment, view) => nearDay(moment, view) ?? shortDate(moment, view),
  '{date_long_pretty}': (moment, view) => nearDay(moment, view) ?? weekdayDate(moment, view),
  '{time}': (moment, view) => part(moment, view, { hour: 'numeric', minute: '2-digit' }),
  '{time_secs}': (moment, view) =>
    part(moment, view, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  '{ago}': (moment, view) => ago(moment, view),
};

function numbers(moment: Date, view: DateView, join: (parts: [string, string, string]) => string): string {
  const [year = '', month = '', day = ''] = isoDay(moment, view).split('-');
  return join([year, month, day]);
}

function longDate(moment: Date, view: DateView): string {
  const day = Number(isoDay(moment, view).slice(8));
  return `${part(moment, view, { month: 'long' })} ${day}${ordinalEnding(day)}${yearEnding(moment, view)}`;
}

function weekdayDate(moment: Date, view: DateView): string {
  return `${part(moment, view, { weekday: 'long' })}, ${longDate(moment, view)}`;
}

function shortDate(moment: Date, view: DateView): string {
  return `${part(moment, view, { month: 'short', day: 'numeric' })}${yearEnding(moment, view)}`;
}

// Slack leaves the year out within half a year of now.
function yearEnding(moment: Date, view: DateView): string {
  const halfYearMs = 183 * 86_400_000;
  const isNear = Math.abs(moment.getTime() - view.now.getTime()) < halfYearMs;
  return isNear ? '' : `, ${isoDay(moment, view).slice(0, 4)}`;
}

function ordinalEnding(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

function nearDay(moment: Date, view: DateView): string | undefined {
  const days = Math.round((dayNumber(moment, view) - dayNumber(view.now, view)) / 86_400_000);
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)];
}

function dayNumber(moment: Date, view: DateView): number {
  return Date.parse(`${isoDay(moment, view)}T00:00:00Z`);
}

// Swedish writes dates as ISO 8601 does.
function isoDay(moment: Date, view: DateView): string {
  return part(moment, { ...view, locale: 'sv-SE' }, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

function part(moment: Date, view: DateView, options: Intl.DateTimeFormatOptions): string {
  const timeZone = view.timeZone === undefined ? {} : { timeZone: view.timeZone };
  const text = new Intl.DateTimeFormat(view.locale ?? 'en-US', { ...options, ...timeZone }).format(moment);
  return text.replaceAll('\u202f', ' ');
}

function ago(moment: Date, view: DateView): string {
  const seconds = Math.round((moment.getTime() - view.now.getTime()) / 1000);
  const unit = AGO_UNITS.find(({ size }) => Math.abs(seconds) >= size);
  if (unit === undefined) return 'just now';
  const wording = new Intl.RelativeTimeFormat(view.locale ?? 'en-US', { numeric: 'always' });
  return wording.format(Math.trunc(seconds / unit.size), unit.name);
}

const AGO_UNITS = [
  { name: 'year', size: 31_536_000 },
  { name: 'month', size: 2_592_000 },
  { name: 'day', size: 86_400 },
  { name: 'hour', size: 3_600 },
  { name: 'minute', size: 60 },
  { name: 'second', size: 5 },
] as const;
