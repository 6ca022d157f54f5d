import type { Recurring } from '../src/domain/recurring.ts';
import type { Message } from '../src/ports/chat.ts';
import { section } from './blocks.ts';
import { cronWords } from './cron-words.ts';
import { escaped, moment, refusal, sentence } from './text.ts';

/** `the newest release for api in staging, every weekday at 02:00 (Europe/Berlin)`; in markup. */
export function recurringWords({ ref, service, environment, cron, zone }: Recurring): string {
  const what = ref === undefined ? 'the newest release' : `*${escaped(ref)}*`;
  return `${what} for ${escaped(service)} in ${escaped(environment)}, ${cronWords(cron)} (${escaped(zone)})`;
}

/** Told to its owner when it was not asked for. */
export function recurringProblemMessage(recurring: Recurring, reason: string): Message {
  const { id, nextAt, cancelled } = recurring;
  const next =
    cancelled === undefined
      ? ` The next time is ${moment(nextAt)}; to cancel it, type \`/forge unschedule ${id}\`.`
      : '';
  const text = `:calendar: ${id}, ${recurringWords(recurring)}, was not started this time: ${sentence(refusal(reason))}${next}`;
  return { text, blocks: [section(text)] };
}
