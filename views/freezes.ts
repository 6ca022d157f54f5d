import { type Freeze, type FreezeScope, scopeWords } from '../src/domain/freeze.ts';
import type { Message } from '../src/ports/chat.ts';
import { actions, button, section } from './blocks.ts';
import { capitalised, escaped, moment, quotation, shortened } from './text.ts';

/** Buttons fit beside so many; the others are named by typing. */
const MOST_LISTED = 10;

/** What a freeze does and for how long, in mrkdwn. `now` in milliseconds since the epoch. */
export function freezeWords(
  { scope, from, until }: Pick<Freeze, 'scope' | 'from' | 'until'>,
  now: number,
): string {
  const begin = from > now ? ` from ${moment(from)}` : '';
  const verb = from > now ? 'will be' : 'is';
  return `${frozenWords(scope)} ${verb} frozen${begin} until ${moment(until)}`;
}

export function freezePlacedMessage(freeze: Freeze, now: number): Message {
  const text = `${freezeWords(freeze, now)}: only an emergency can start there. Rollback, abort and pause work as ever. To end it early, type \`/forge unfreeze ${freeze.id}\`.`;
  return { text, blocks: [section(text), section(quotation(freeze.reason, 1000))] };
}

export function freezeLiftedMessage({ id, scope }: Freeze): Message {
  const text = `The freeze ${id} of ${escaped(scopeWords(scope))} is over. What waited for it goes on.`;
  return { text, blocks: [section(text)] };
}

/** Freezes of which one is to be chosen, or that there are, with a button to end each. */
export function freezeList(intro: string, freezes: readonly Freeze[], now: number): Message {
  const listed = freezes.slice(0, MOST_LISTED);
  const more = freezes.length - listed.length;
  return {
    text: intro,
    blocks: [
      section(more === 0 ? intro : `${intro} Here are ${MOST_LISTED} of ${freezes.length}.`),
      ...listed.flatMap((freeze) => [
        section(
          `*${freeze.id}*: ${freezeWords(freeze, now)}, by <@${freeze.owner}>.\n${quotation(freeze.reason, 300)}`,
        ),
        actions([
          button({
            ...{ command: 'unfreeze', text: `End ${freeze.id}`, style: 'danger' },
            value: { freeze: freeze.id },
            confirm: endQuestion(freeze, now),
          }),
        ]),
      ]),
    ],
  };
}

function endQuestion({ id, scope, from }: Freeze, now: number) {
  const what = shortened(scopeWords(scope), 150);
  return {
    title: `End the freeze ${id}?`,
    text:
      from > now
        ? `${what} will not be frozen after all. The channel is told.`
        : `What waits for it starts at once: ${what}. The channel is told.`,
    yes: `End ${id}`,
    no: 'Keep it',
  };
}

/** What is frozen, at the beginning of a sentence: a name of a service is written as it is. */
export function frozenWords(scope: FreezeScope): string {
  const words = escaped(scopeWords(scope));
  return scope.services === undefined ? capitalised(words) : words;
}
