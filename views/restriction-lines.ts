import type { Freeze } from '../src/domain/freeze.ts';
import type { Lock } from '../src/domain/lock.ts';
import { freezeWords } from './freezes.ts';
import { lockWords } from './locks.ts';
import { shortenedMarkup } from './text.ts';

/** More are counted. */
const MOST_TOLD = 5;
/** A freeze may name many services. Characters. */
const LONGEST_LINE = 300;

export type Restrictions = { freezes: readonly Freeze[]; locks: readonly Lock[] };

/** What is frozen or locked, or will be, by whom and until when, a line each; in markup. `now` in milliseconds since the epoch. */
export function restrictionLines({ freezes, locks }: Restrictions, now: number): string[] {
  const lines = [
    ...freezes.map(
      (freeze) => `:snowflake: ${freeze.id}: ${freezeWords(freeze, now)}, by <@${freeze.owner}>.`,
    ),
    ...locks.map((lock) => `:lock: ${lock.id}: ${lockWords(lock)}`),
  ].map((line) => shortenedMarkup(line, LONGEST_LINE));
  const more = lines.length - MOST_TOLD;
  return more <= 0 ? lines : [...lines.slice(0, MOST_TOLD), `and ${more} more.`];
}
