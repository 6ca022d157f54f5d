import { type ParsedComponents, parse } from 'chrono-node';
import { localTime, minutesBeforeUtc } from '../src/domain/local-time.ts';

/** What words for a time come to. Times are milliseconds since the epoch. */
export type ReadTime =
  | { kind: 'at'; at: number }
  /** The clocks go back, and show it twice: the person must say which one. */
  | { kind: 'twice'; at: readonly [number, number] }
  /** The clocks go on, and skip it at that moment. */
  | { kind: 'skipped'; skippedAt: number }
  /** It leaves something open, such as the hour: a form may propose it, nothing may act on it. */
  | { kind: 'guess'; at: number }
  | { kind: 'unclear' };

/** What the person who types has on the wall. */
export type Here = { now: number; zone: string };

/** A year without one is the coming one for some and the past one for others, `11/12` is November or December, `18h` a duration or an hour. */
const TWO_MEANINGS = /\d[/.]\d|\d-\d{1,2}-\d{4}|\b(?:last|past|ago|yesterday)\b/iu;
const DURATION = /^in\s/iu;
/** Hours and minutes as a clock shows them. */
const CLOCK = /\d{1,2}:\d{2}|\d\s*[ap]\.?m\b|\bnoon\b|^midnight$/iu;
/** `next Friday` is in this week for some and in the one after for others. */
const LOOSE = /\b(?:next|this|coming)\b/iu;

/** Reads words for one time, as the wall clock of the person shows it unless they name another. Anything it is not sure of is no time. */
export function readTime(text: string, { now, zone }: Here): ReadTime {
  const words = text.trim();
  if (TWO_MEANINGS.test(words)) return { kind: 'unclear' };
  const reference = { instant: new Date(now), timezone: minutesBeforeUtc(now, zone) };
  const [found, another] = parse(words, reference, { forwardDate: true });
  if (found === undefined || another !== undefined || found.text !== words || found.end) {
    return { kind: 'unclear' };
  }
  const { start } = found;
  if (isOtherWeekday(start)) return { kind: 'unclear' };
  const isDuration = DURATION.test(words);
  if (start.isCertain('timezoneOffset') && start.isCertain('hour')) {
    const at = start.date().getTime();
    return isDuration || CLOCK.test(words) ? { kind: 'at', at } : { kind: 'guess', at };
  }
  const read = onTheWall(start, zone);
  const isSure = isDuration || (CLOCK.test(words) && !LOOSE.test(words));
  return isSure ? read : { kind: 'guess', at: firstOf(read) };
}

/** `2 hours`, as from that time. */
export function readDuration(text: string, here: Here): ReadTime {
  return readTime(`in ${text.trim()}`, here);
}

function onTheWall(start: ParsedComponents, zone: string): Exclude<ReadTime, { kind: 'guess' | 'unclear' }> {
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => start.get(part) ?? 1);
  const date = `${year}-${padded(month)}-${padded(day)}`;
  const minute = (start.get('hour') ?? 0) * 60 + (start.get('minute') ?? 0);
  const local = localTime({ date, minute }, zone);
  switch (local.kind) {
    case 'once':
      return { kind: 'at', at: local.at };
    case 'twice':
      return local;
    case 'never':
      return { kind: 'skipped', skippedAt: local.skippedAt };
  }
}

function firstOf(read: Exclude<ReadTime, { kind: 'guess' | 'unclear' }>): number {
  switch (read.kind) {
    case 'at':
      return read.at;
    case 'twice':
      return read.at[0];
    case 'skipped':
      return read.skippedAt;
  }
}

/** `Monday 24 November` where that is a Tuesday: one of the two is a mistake. */
function isOtherWeekday(start: ParsedComponents): boolean {
  if (!start.isCertain('weekday') || !start.isCertain('day')) return false;
  const [year = 0, month = 1, day = 1] = (['year', 'month', 'day'] as const).map(
    (part) => start.get(part) ?? undefined,
  );
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() !== start.get('weekday');
}

function padded(part: number | undefined): string {
  return String(part ?? 1).padStart(2, '0');
}
