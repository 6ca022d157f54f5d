/** The text of an iCalendar file. */
export function aCalendar(...events: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Forge//Test//EN', ...events, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}

/** Events of one name are one event and its changed occurrences. */
export function anEvent(name: string, ...lines: string[]): string {
  return ['BEGIN:VEVENT', `UID:${name}`, `SUMMARY:${name}`, ...lines, 'END:VEVENT'].join('\r\n');
}
