import type { KnownBlock } from '@slack/types';
import type { Freeze } from '../src/domain/freeze.ts';
import type { Lock } from '../src/domain/lock.ts';
import { context, header, section } from './blocks.ts';
import { freezeWords } from './freezes.ts';
import { lockWords } from './locks.ts';
import { quotation } from './text.ts';

const MOST_LISTED = 8;

/** What is frozen or locked, or will be. */
export function restrictionBlocks({
  freezes,
  locks,
  now,
}: {
  freezes: readonly Freeze[];
  locks: readonly Lock[];
  now: number;
}): KnownBlock[] {
  const lines = [
    ...freezes.map(
      (freeze) =>
        `:snowflake: *${freeze.id}*: ${freezeWords(freeze, now)}, by <@${freeze.owner}>.\n${quotation(freeze.reason, 300)}`,
    ),
    ...locks.map((lock) => `:lock: *${lock.id}*: ${lockWords(lock)}\n${quotation(lock.reason, 300)}`),
  ];
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LISTED;
  return [
    header('Freezes and locks'),
    ...lines.slice(0, MOST_LISTED).map((one) => section(one)),
    ...(more > 0 ? [context(`${more} more freezes and locks are not shown here.`)] : []),
  ];
}
