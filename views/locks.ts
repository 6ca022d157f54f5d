import { type Lock, lockedWords } from '../src/domain/lock.ts';
import type { Message } from '../src/ports/chat.ts';
import { actions, button, plainMessage, section } from './blocks.ts';
import { escaped, moment, quotation, shortened } from './text.ts';

/** Buttons fit beside so many; the others are named by typing. */
const MOST_LISTED = 10;

export function lockPlacedMessage(lock: Lock, reader: string): Message {
  const who = lock.owner === reader ? 'You have' : `<@${lock.owner}> has`;
  const text = `${who} locked ${place(lock)} until ${moment(lock.until)}: nobody else starts anything there. Rollback, abort and pause work for everybody as ever. To end it, type \`/forge unlock ${lock.id}\`.`;
  return { text, blocks: [section(text), section(quotation(lock.reason, 1000))] };
}

export function lockProlongedMessage(lock: Lock): Message {
  return plainMessage(`You have ${place(lock)} locked until ${moment(lock.until)} now.`);
}

export function lockHandedOverMessage(lock: Lock): Message {
  return plainMessage(`<@${lock.owner}> has the lock of ${place(lock)} now, until ${moment(lock.until)}.`);
}

export function lockReleasedMessage(lock: Lock): Message {
  return plainMessage(`The lock of ${place(lock)} is over. What waited for it goes on.`);
}

/** Nothing was locked, for somebody has it. */
export function lockTakenMessage(lock: Lock): Message {
  const text = `Nothing was done: <@${lock.owner}> has locked ${place(lock)} until ${moment(lock.until)}. Ask them to end it or to hand it over: \`/forge unlock ${lock.id}\`, \`/forge lock ${escaped(lock.service ?? '')}${lock.service === undefined ? '' : ' '}${escaped(lock.environment)} @you\`. Release managers may do both for them.`;
  return { text, blocks: [section(text), section(quotation(lock.reason, 1000))] };
}

/** Nothing was done, for the lock is not what the person saw. */
export function lockChangedMessage(lock: Lock, now: number): Message {
  const isOver = lock.released !== undefined || lock.until <= now;
  const is = isOver
    ? `the lock ${lock.id} of ${place(lock)} is over`
    : `<@${lock.owner}> has ${place(lock)} locked until ${moment(lock.until)} now`;
  return plainMessage(
    `Nothing was done: meanwhile it has changed, ${is}. If you still want to, type it again.`,
  );
}

/** Locks of which one is to be chosen, or that there are, with a button to end each. */
export function lockList(intro: string, locks: readonly Lock[]): Message {
  const listed = locks.slice(0, MOST_LISTED);
  const more = locks.length - listed.length;
  return {
    text: intro,
    blocks: [
      section(more === 0 ? intro : `${intro} Here are ${MOST_LISTED} of ${locks.length}.`),
      ...listed.flatMap((lock) => [
        section(`*${lock.id}*: ${lockWords(lock)}\n${quotation(lock.reason, 300)}`),
        actions([
          button({
            ...{ command: 'unlock', text: `End ${lock.id}`, style: 'danger' },
            value: { lock: lock.id, version: lock.version },
            confirm: {
              title: `End the lock ${lock.id}?`,
              text: `Everybody may start deployments to ${shortened(lockedWords(lock), 150)} again, and what waits for it starts at once.`,
              yes: `End ${lock.id}`,
              no: 'Keep it',
            },
          }),
        ]),
      ]),
    ],
  };
}

/** Who has what for how long, as a sentence in mrkdwn. */
export function lockWords(lock: Lock): string {
  return `<@${lock.owner}> has locked ${place(lock)} until ${moment(lock.until)}.`;
}

function place(lock: Lock): string {
  return escaped(lockedWords(lock));
}
