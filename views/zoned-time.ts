/** `Mon, 23 Nov 2026, 02:00 GMT+1 (Europe/Berlin)`: in words that mean the same to everybody. `at` in milliseconds since the epoch. */
export function zonedTime(at: number, zone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' },
  }).format(at);
  return zone === 'UTC' ? text.replace(/GMT(?:\+0)?$/u, 'UTC') : `${text} (${zone})`;
}

/** The same moment in each zone, each once. */
export function zonedTimes(at: number, zones: readonly string[]): string[] {
  return [...new Set(zones)].map((zone) => zonedTime(at, zone));
}
