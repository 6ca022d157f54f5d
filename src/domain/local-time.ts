import { Temporal } from 'temporal-polyfill';
import { instantsOf, wallClock } from './calendar/wall-clock.ts';

/** When a wall clock shows a time. All in milliseconds since the epoch. */
export type LocalTime =
  | { kind: 'once'; at: number }
  /** The clocks go back: the first and the second time. */
  | { kind: 'twice'; at: readonly [number, number] }
  /** The clocks go on: it is skipped at that moment. */
  | { kind: 'never'; skippedAt: number };

/** When the wall clock of a zone shows that minute (0 to 1,439) of the date (`2026-03-08`). */
export function localTime({ date, minute }: { date: string; minute: number }, zone: string): LocalTime {
  const [first, second] = instantsOf(date, minute, zone);
  if (second !== undefined) return { kind: 'twice', at: [first, second] };
  const shown = wallClock(first, zone);
  const isShown = shown.date === date && shown.minute === minute;
  return isShown ? { kind: 'once', at: first } : { kind: 'never', skippedAt: first };
}

/** How far the wall clock of a zone is before UTC at that time; negative where it is behind. Minutes. */
export function minutesBeforeUtc(at: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return Math.trunc(local.offsetNanoseconds / 60_000_000_000);
}
