import { code } from './text.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `every weekday at 02:00` where a cron of five fields comes to that, else the cron as it is; in markup. */
export function cronWords(cron: string): string {
  const [minute = '', hour = '', day, month, weekdays = ''] = cron.split(' ');
  const days = daysNamed(weekdays);
  const isOnceADay = /^\d{1,2}$/u.test(minute) && /^\d{1,2}$/u.test(hour) && day === '*' && month === '*';
  if (!isOnceADay || days === undefined) return `at ${code(cron)}`;
  return `every ${days} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function daysNamed(weekdays: string): string | undefined {
  if (weekdays === '*') return 'day';
  if (weekdays === '1-5') return 'weekday';
  if (!/^[0-7](?:,[0-7])*$/u.test(weekdays)) return undefined;
  const names = weekdays.split(',').flatMap((weekday) => DAYS[Number(weekday)] ?? []);
  return names.join(' and ');
}
