import { Temporal } from 'temporal-polyfill';

/** Monday first, as people write weeks. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes of a day on the wall clock: on the days the clocks change more or fewer of them pass. */
export const DAY_MINUTES = 24 * 60;

const MS_PER_DAY = 86_400_000;

/** What calendar and clock on the wall of a place say. */
export type WallClock = {
  /** `2026-03-08`. */
  date: string;
  /** 1 to 7, as `WEEKDAYS` has them. */
  dayOfWeek: number;
  /** 0 to 1,439: since midnight, as shown. */
  minute: number;
};

/** `at` in milliseconds since the epoch, `zone` an IANA name. */
export function wallClock(at: number, zone: string): WallClock {
  const local = zoned(at, zone);
  const { dayOfWeek, hour, minute } = local;
  return { date: local.toPlainDate().toString(), dayOfWeek, minute: hour * 60 + minute };
}

/**
 * When the wall clock shows that minute of the date (0 to 1,440, the last being the next midnight): two instants where it is
 * shown twice, and where it is skipped the one at which the clocks go on. Milliseconds since the epoch, in order.
 */
export function instantsOf(date: string, minute: number, zone: string): [number, ...number[]] {
  const local = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.equals(later)) return [earlier.epochMilliseconds];
  const isShown = earlier.toPlainDateTime().equals(local);
  if (isShown) return [earlier.epochMilliseconds, later.epochMilliseconds];
  // In a gap the library goes as far before it as after it; the clocks go on in between.
  const after = [earlier.getTimeZoneTransition('next'), later].filter((one) => one !== null);
  return [Math.min(...after.map((one) => one.epochMilliseconds))];
}

/** When the clocks of the zone change next, as long as it is before `until`. Milliseconds since the epoch. */
export function nextClockChange(at: number, until: number, zone: string): number | undefined {
  const change = zoned(at, zone).getTimeZoneTransition('next')?.epochMilliseconds;
  return change === undefined || change > until ? undefined : change;
}

/** The date so many days after another, both as `2026-03-08`. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 1 to 7, as `WEEKDAYS` has them, of a date such as `2026-03-08`. */
export function dayOfWeekOf(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
