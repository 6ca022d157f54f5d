import type { Actor } from '../src/domain/actor.ts';
import { type Freeze, scopeWords } from '../src/domain/freeze.ts';
import { type Lock, lockedWords } from '../src/domain/lock.ts';
import type { Telling } from '../src/ports/announcements.ts';
import type { Message } from '../src/ports/chat.ts';
import { section } from './blocks.ts';
import { frozenWords } from './freezes.ts';
import { escaped, moment, quotation } from './text.ts';

type FreezeTelling = Extract<Telling, `freeze-${string}`>;
type LockTelling = Extract<Telling, `lock-${string}`>;

/** What a channel is told of a freeze. */
export function freezeAnnouncement(tells: FreezeTelling, freeze: Freeze): Message {
  const { scope, owner, from, until } = freeze;
  const what = frozenWords(scope);
  switch (tells) {
    case 'freeze-planned':
      return withReason(
        `:snowflake: ${what} will be frozen from ${moment(from)} until ${moment(until)}, by <@${owner}>. Only an emergency can start then; rollback, abort and pause work as ever.`,
        freeze,
      );
    case 'freeze-soon':
      return withReason(
        `:snowflake: Soon: ${what} will be frozen from ${moment(from)} until ${moment(until)}, by <@${owner}>.`,
        freeze,
      );
    case 'freeze-begins':
      return withReason(
        `:snowflake: ${what} is frozen until ${moment(until)}, by <@${owner}>. Only an emergency can start; rollback, abort and pause work as ever.`,
        freeze,
      );
    case 'freeze-ended':
      return alone(
        `The freeze of ${escaped(scopeWords(scope))} ended ${moment(until)}. What waited for it goes on.`,
      );
    case 'freeze-lifted':
      return lifted(freeze);
  }
}

/** What a channel is told of a lock, or its owner of its end. */
export function lockAnnouncement(tells: LockTelling, lock: Lock): Message {
  const { owner, until } = lock;
  const what = escaped(lockedWords(lock));
  switch (tells) {
    case 'lock-placed':
      return withReason(
        `:lock: <@${owner}> has locked ${what} until ${moment(until)}. Nobody else starts anything there. Rollback, abort and pause work for everybody.`,
        lock,
      );
    case 'lock-prolonged':
      return alone(`:lock: <@${owner}> has ${what} locked until ${moment(until)} now.`);
    case 'lock-handed-over':
      return alone(`:lock: <@${owner}> has the lock of ${what} now, until ${moment(until)}.`);
    case 'lock-ends-soon':
      return alone(
        `Your lock of ${what} ends ${moment(until)}. To keep it longer, type \`/forge lock ${what.replace(' in ', ' ')} until …\`; to end it now, \`/forge unlock ${lock.id}\`.`,
      );
    case 'lock-ended':
      return alone(`:unlock: The lock of ${what} ended ${moment(until)}. What waited for it goes on.`);
    case 'lock-released':
      return released(lock);
  }
}

function lifted({ scope, owner, lifted: end }: Freeze): Message {
  const what = `freeze of ${escaped(scopeWords(scope))}`;
  const text = `${endedEarly(what, owner, end?.by)} What waited for it goes on.`;
  return end?.why === undefined ? alone(text) : withReason(text, { reason: end.why });
}

function released({ released: end, ...lock }: Lock): Message {
  const what = `lock of ${escaped(lockedWords(lock))}`;
  const text = `:unlock: ${endedEarly(what, lock.owner, end?.by)} What waited for it goes on.`;
  return end?.why === undefined ? alone(text) : withReason(text, { reason: end.why });
}

/** Whose it was is called where somebody else ended it. */
function endedEarly(what: string, owner: string, by: Actor | undefined): string {
  if (by?.kind !== 'person') return `The ${what} was ended early.`;
  return by.userId === owner
    ? `The ${what} was ended early by <@${owner}>.`
    : `<@${owner}>: your ${what} was ended early by <@${by.userId}>.`;
}

function alone(text: string): Message {
  return { text, blocks: [section(text)] };
}

function withReason(text: string, { reason }: { reason: string }): Message {
  return { text, blocks: [section(text), section(quotation(reason, 1000))] };
}
