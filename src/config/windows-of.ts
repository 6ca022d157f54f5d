import type { WhenItCloses, WindowPolicy } from '../domain/calendar/window.ts';
import { type Calendars, calendarNamed } from './calendar-files.ts';
import { holidaysIn, isCalendar, type Windows } from './window-settings.ts';

/** Windows as the file means them: the holidays of its calendars beside the dates it names. */
export function windowsOf(written: Windows, calendars: Calendars): WindowPolicy {
  const { zone, zones, preferred, avoided, forbidden } = written;
  return {
    ...{ zone, zones, preferred, avoided, forbidden },
    holidays: holidaysOf(holidaysIn(written), calendars),
    whenItCloses: closings[written['when it closes']],
  };
}

const closings = {
  'finish region': 'finish-region',
  hold: 'hold',
  'roll back': 'roll-back',
} as const satisfies Record<Windows['when it closes'], WhenItCloses>;

/** In order and each once, so that a date moved from the file to a calendar changes nothing. */
function holidaysOf(written: readonly string[], calendars: Calendars): string[] {
  const dates = written.flatMap((holiday) => {
    if (!isCalendar(holiday)) return [holiday];
    const calendar = calendarNamed(holiday, calendars);
    return calendar.kind === 'valid' ? calendar.dates : [];
  });
  return [...new Set(dates)].sort();
}
