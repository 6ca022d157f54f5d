/** A time zone as users.info gives it, with the offset that holds at `now`. */
export function timeZoneAt(
  timeZone: string,
  now: number,
): { tz: string; tz_label: string; tz_offset: number } {
  return { tz: timeZone, tz_label: labelOf(timeZone, now), tz_offset: offsetSeconds(timeZone, now) };
}

function labelOf(timeZone: string, now: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'long' });
  return format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

function offsetSeconds(timeZone: string, now: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name);
  if (!match) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -size : size;
}
