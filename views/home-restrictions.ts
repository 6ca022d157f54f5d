import type { KnownBlock } from '@slack/types';
import type { Freeze } from '../src/domain/freeze.ts';
import type { Lock } from '../src/domain/lock.ts';
import { holdSection, type ShownHold } from './automatic-hold.ts';
import { context, header, section } from './blocks.ts';
import { freezeWords } from './freezes.ts';
import { lockWords } from './locks.ts';
import { capitalised, quotation } from './text.ts';

const MOST_LISTED = 8;

/** What is frozen or locked, or will be, and where nothing is deployed by itself. */
export function restrictionBlocks({
  freezes,
  locks,
  holds,
  now,
}: {
  freezes: readonly Freeze[];
  locks: readonly Lock[];
  holds: readonly ShownHold[];
  now: number;
}): KnownBlock[] {
  const lines = [
    ...freezes.map(
      (freeze) =>
        `:snowflake: *${freeze.id}*: ${freezeWords(freeze, now)}, by <@${freeze.owner}>.\n${quotation(freeze.reason, 300)}`,
    ),
    ...locks.map((lock) => `:lock: *${lock.id}*: ${lockWords(lock)}\n${quotation(lock.reason, 300)}`),
  ];
  const entries = [...holds.map(holdSection), ...lines.map((one) => section(one))];
  if (entries.length === 0) return [];
  const more = entries.length - MOST_LISTED;
  const kinds = holds.length === 0 ? 'freezes and locks' : 'freezes, locks and holds';
  return [
    header(capitalised(kinds)),
    ...entries.slice(0, MOST_LISTED),
    ...(more > 0 ? [context(`${more} more ${kinds} are not shown here.`)] : []),
  ];
}
