import type { Button } from '@slack/types';
import type { Recurring } from '../src/domain/recurring.ts';
import type { Message } from '../src/ports/chat.ts';
import { actions, button, section } from './blocks.ts';
import { cronWords } from './cron-words.ts';
import { escaped, moment, oneLine, refusal, sentence, shortened } from './text.ts';

/** Characters of a reason that a button carries; its value has room for 2000, and quotes take two each. */
const LONGEST_REASON = 500;

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
  const now = cancelled === undefined ? [actions([deployNowButton(recurring)])] : [];
  return { text, blocks: [section(text), ...now] };
}

/** Instead of the time that was missed; opens the form, filled in. */
export function deployNowButton({ id, service, environment, ref, strategy, reason }: Recurring): Button {
  const why = shortened(oneLine(reason ?? `Recurring, as ${id}`), LONGEST_REASON);
  const known = {
    ...{ service, environment, why, isQuestion: true },
    ...(ref === undefined ? {} : { ref }),
    ...(strategy === undefined ? {} : { strategy }),
  };
  return button({ command: 'deploy', text: 'Deploy now…', value: known });
}
