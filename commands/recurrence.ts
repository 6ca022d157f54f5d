/** Words for what recurs, as a cron of five fields, and the words beside them. */
type Recurrence = { kind: 'cron'; cron: string; rest: string[] } | { kind: 'unclear'; said: string };

const DAYS: Readonly<Record<string, string>> = {
  ...{ day: '*', days: '*', weekday: '1-5', weekdays: '1-5', weekend: '0,6' },
  ...{ sunday: '0', monday: '1', tuesday: '2', wednesday: '3', thursday: '4', friday: '5', saturday: '6' },
  ...{ sun: '0', mon: '1', tue: '2', wed: '3', thu: '4', fri: '5', sat: '6' },
};
const FIELD = /^[\d*,/-]+$/u;
const BETWEEN: ReadonlySet<string> = new Set(['and', 'at', 'on', 'the']);

/** Whether the words are about something that recurs. */
export function isRecurring(words: readonly string[]): boolean {
  return words.some((word) => ['every', 'cron'].includes(word.toLowerCase()));
}

/** `every weekday 02:00`, `every Mon and Thu at 18:00`, `cron 0 2 * * 1-5`. What it is not sure of it does not read. */
export function readRecurrence(words: readonly string[]): Recurrence {
  const at = words.findIndex((word) => ['every', 'cron'].includes(word.toLowerCase()));
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  const isCron = words[at]?.toLowerCase() === 'cron';
  const read = isCron ? readFields(after) : readDays(after);
  if (read === undefined) return { kind: 'unclear', said: words.slice(at).join(' ') };
  const rest = [...before, ...after.slice(read.used)].filter((word) => !BETWEEN.has(word.toLowerCase()));
  return { kind: 'cron', cron: read.cron, rest };
}

type Read = { cron: string; used: number };

function readFields(words: readonly string[]): Read | undefined {
  const fields = words.slice(0, 5);
  return fields.length === 5 && fields.every((field) => FIELD.test(field))
    ? { cron: fields.join(' '), used: 5 }
    : undefined;
}

/** Days, then one time of day. */
function readDays(words: readonly string[]): Read | undefined {
  const days: string[] = [];
  for (const [index, word] of words.entries()) {
    const lower = word.toLowerCase().replace(/,$/u, '');
    const day = Object.hasOwn(DAYS, lower) ? DAYS[lower] : undefined;
    if (day !== undefined) {
      days.push(day);
      continue;
    }
    if (BETWEEN.has(lower)) continue;
    const time = timeOfDay(lower);
    const isDaysClear = days.length === 1 || (days.length > 1 && days.every((one) => /^\d$/u.test(one)));
    if (time === undefined || !isDaysClear) return undefined;
    return { cron: `${time.minute} ${time.hour} * * ${days.join(',')}`, used: index + 1 };
  }
  return undefined;
}

function timeOfDay(word: string): { hour: number; minute: number } | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/u.exec(word) ?? [];
  const time = { hour: Number(hours), minute: Number(minutes) };
  return hours !== undefined && time.hour < 24 && time.minute < 60 ? time : undefined;
}
