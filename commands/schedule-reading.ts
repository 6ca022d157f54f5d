import type { ModalView } from '@slack/types';
import { UserError } from '../src/domain/errors.ts';
import type { Policy } from '../src/domain/policy.ts';
import { plainMessage } from '../views/blocks.ts';
import { scheduleForm } from '../views/schedule-form.ts';
import { code } from '../views/text.ts';
import type { Asking, Reading } from './command.ts';
import { outlookOf } from './filled-in.ts';
import { given, only } from './given.ts';
import { impliedService, refuseMisspelt } from './place.ts';
import { isRecurring, readRecurrence } from './recurrence.ts';
import { twoMeant } from './restriction-place.ts';
import { askWhichTime, requireTime, type Times } from './restriction-times.ts';
import { findTime } from './schedule-words.ts';
import { shown } from './shown.ts';
import { refuseUnusable } from './unusable-words.ts';
import { FILLERS, type Words } from './words.ts';

/** What words after `schedule` come to: all of it, or a form for what is missing. Throws a `UserError` for words it can't use. */
export function scheduleFromWords(words: Words, asking: Asking): Reading {
  const { forge, person } = asking;
  const { policy } = forge;
  refuseUnusable(words, 'schedule', ['numbers', 'regions']);
  const here = { now: forge.now(), zone: person.timeZone };
  if (isRecurring(words.said)) return recurringFromWords(words, asking);
  const { time, rest } = findTime(words, policy, here);
  if (words.environments.length === 0 || time === undefined) refuseMisspelt(rest, policy);
  const known = knownOf(words, rest, policy);
  const read = time === undefined ? undefined : requireTime(time.read, time.said, here);
  const isPast = read?.kind === 'guess' && read.at <= here.now;
  const guessed = isPast ? 'At what time exactly? Nothing is scheduled yet.' : 'Is this the time you mean?';
  const note = unclear(words, rest) ?? (read?.kind === 'guess' ? guessed : undefined);
  const isWhole = known.service !== undefined && known.environment !== undefined && read !== undefined;
  if (note !== undefined || !isWhole) {
    const at = read === undefined || read.kind === 'twice' || isPast ? {} : { at: read.at };
    return asForm({ ...known, ...at, ...(note === undefined ? {} : { note }) }, asking);
  }
  const inputOf = (at: number | undefined) => ({ ...known, at });
  if (read.kind !== 'twice') return { kind: 'input', value: inputOf(read.at) };
  const options = read.at.map((at, index) => ({
    times: { from: at },
    label: index === 0 ? 'The first time' : 'The second time',
  }));
  const input = ({ from }: Times) => inputOf(from);
  return askWhichTime(
    { kind: 'sure', options, said: time?.said ?? '' },
    { command: 'schedule', input },
    asking,
  );
}

function knownOf(words: Words, rest: readonly string[], policy: Policy): Known {
  const environment = only(words.environments);
  const implied = environment === undefined ? undefined : impliedService(policy, environment);
  return given({
    ...{ environment, ref: only(rest), why: words.why, strategy: only(words.strategies) },
    service: words.services.length === 0 ? implied : only(words.services),
  });
}

/** There is no form for what recurs: it is typed whole, or nothing is done. */
function recurringFromWords(words: Words, { forge, person }: Asking): Reading {
  const { policy } = forge;
  const names: string[] = [...words.services, ...words.environments, ...words.strategies];
  const read = readRecurrence(words.said.filter((word) => !names.includes(word.toLowerCase())));
  if (read.kind === 'unclear') {
    throw new UserError(
      `Nothing was done: Forge is not sure how often “${shown(read.said)}” is. Type it like \`every weekday 02:00\`, \`every Mon and Thu 18:00\` or \`cron 0 2 * * 1-5\`; it counts in ${person.timeZone}, your time zone in Slack.`,
    );
  }
  const rest = read.rest.filter((word) => !FILLERS.has(word.toLowerCase()));
  if (words.environments.length === 0) refuseMisspelt(rest, policy);
  const known = knownOf(words, rest, policy);
  const problem = unclear(words, rest);
  if (problem !== undefined || known.service === undefined || known.environment === undefined) {
    throw new UserError(
      `Nothing was done: name one service, one environment and at most one release, like \`/forge schedule api staging every weekday 02:00\`.`,
    );
  }
  return { kind: 'input', value: { ...known, cron: read.cron, zone: person.timeZone } };
}

/** Why it cannot be told from the words what is meant, in mrkdwn. */
function unclear(words: Words, rest: readonly string[]): string | undefined {
  const two = twoMeant(words);
  if (two !== undefined) return two;
  if (words.strategies.length > 1)
    return `Which one do you mean, ${words.strategies.map(code).join(' or ')}?`;
  if (rest.length <= 1) return undefined;
  return `What are ${rest.map((word) => code(shown(word))).join(' and ')}? A schedule takes one release and one time, like ${code('tomorrow 02:00')} or ${code('in 2 hours')}.`;
}

type Known = { service?: string; environment?: string; ref?: string; strategy?: string; why?: string };

function asForm(content: Content, asking: Asking): Reading {
  return {
    kind: 'reply',
    reply: {
      kind: 'form',
      form: formFor(content, [], asking),
      otherwise: plainMessage(
        'Slack did not let Forge open its form in time, so nothing was done: type it all, like `/forge schedule api production v1.4.2 tomorrow 02:00`.',
      ),
      refreshed: async () => formFor(content, await outlookOf(content, asking), asking),
    },
  };
}

type Content = Known & { at?: number; note?: string };

/** The form with what is known so far. */
export function formFor(content: Content, outlook: readonly string[], { forge }: Asking): ModalView {
  const { note = 'What is to start when? Nothing is scheduled yet.' } = content;
  return scheduleForm({ ...content, policy: forge.policy, note, outlook });
}
