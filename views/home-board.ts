import type { KnownBlock, SectionBlock } from '@slack/types';
import type { ServiceStatus } from '../src/use-cases/status.ts';
import { button, context, section } from './blocks.ts';
import { type Room, statusBlocks } from './status.ts';

/** Services of one page: with a heading for each they are 30 blocks. */
const A_PAGE = 15;
/** A view takes 250,000 bytes. */
const ROOM: Room = { services: A_PAGE, text: 25_000 };

/** What is live where, a page of it. */
export function boardBlocks({
  board: { statuses, at },
  page: wanted,
}: {
  board: { statuses: readonly ServiceStatus[]; at: number };
  page: number;
}): KnownBlock[] {
  if (statuses.length === 0) return [context('The policy file names no services yet.')];
  const last = Math.ceil(statuses.length / A_PAGE) - 1;
  const page = Math.min(Math.max(0, wanted), last);
  const first = page * A_PAGE;
  const shown = statuses.slice(first, first + A_PAGE);
  const told = `${first + 1} to ${first + shown.length} of ${statuses.length}`;
  return [
    ...(page === 0 ? [] : [turning(`Services ${told}`, 'Previous', page - 1)]),
    ...statusBlocks(shown, at, ROOM),
    ...(page === last ? [] : [turning(`Services ${told}`, 'Next', page + 1)]),
  ];
}

/** A block of its own each: two buttons of one block may not stand for the same command. */
function turning(words: string, text: string, page: number): SectionBlock {
  return { ...section(words), accessory: button({ command: 'home', text, value: { page } }) };
}
