const DAY = 86_400_000;

/**
 * The instant at which clocks of an IANA zone show `wall` (yyyy-mm-ddThh:mm:ss): the first, where they are set back. Where
 * they are set forward and never show it, as much later as they are set. Undefined for a day that no calendar has.
 * Throws a RangeError for a zone that does not exist.
 */
export function instantOf(wall: string, zone: string): Date | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, wall.length) !== wall) return undefined;
  const candidates = [asUtc - DAY, asUtc + DAY].map((around) => asUtc - offsetMs(around, zone));
  const shown = candidates.filter((instant) => instant + offsetMs(instant, zone) === asUtc);
  const [beforeTheChange = asUtc] = candidates;
  return new Date(shown.length === 0 ? beforeTheChange : Math.min(...shown));
}

/** What the zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instant / 1_000) * 1_000;
}
