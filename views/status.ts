import type { KnownBlock } from '@slack/types';
import type { Message } from '../src/ports/chat.ts';
import type { LateMessages } from '../src/ports/store.ts';
import type { ServiceStatus } from '../src/use-cases/status.ts';
import { holdSection, type ShownHold } from './automatic-hold.ts';
import { context, header, section, textLength } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { type Restrictions, restrictionLines } from './restriction-lines.ts';
import { serviceText, summary } from './status-service.ts';
import { duration, moment, shortenedMarkup } from './text.ts';

/** How much one surface takes: services, and characters of text. */
export type Room = { services: number; text: number };

/** Messages that wait longer than this are said to lag. */
const LAG_SECONDS = 5;
/** A message may have 50 blocks: at most one a service, one an environment, and eight at the end. */
const MESSAGE_ROOM: Room = { services: 20, text: LIMITS.messageBlocksText - 4_200 };

/** Holds that are told in full; more are counted. */
const MOST_HOLDS = 3;

type Besides = Partial<Restrictions> & { late?: LateMessages | undefined; holds?: readonly ShownHold[] };

/** What is live where, and what stands in the way there. What has no room is said to be left out. */
export function statusMessage(
  statuses: readonly ServiceStatus[],
  now: number,
  { late, freezes = [], locks = [], holds = [] }: Besides = {},
): Message {
  if (statuses.length === 0) {
    const text = 'No services run here yet: the policy file names none.';
    return { text, blocks: [section(text)] };
  }
  return {
    text: shortenedMarkup(statuses.map(summary).join('\n'), LIMITS.messageText),
    blocks: [
      ...statusBlocks(statuses, now, MESSAGE_ROOM),
      ...restrictionBlocks({ freezes, locks }, now),
      ...holdBlocks(holds),
      ...lagging(late, now),
    ],
  };
}

export function statusBlocks(statuses: readonly ServiceStatus[], now: number, room: Room): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let environment = '';
  let told = 0;
  for (const status of statuses.slice(0, room.services)) {
    const isOther = status.environment.name !== environment;
    const more = [...(isOther ? [header(status.environment.name)] : []), section(serviceText(status, now))];
    if (textLength([...blocks, ...more]) > room.text) break;
    blocks.push(...more);
    environment = status.environment.name;
    told += 1;
  }
  const left = statuses.length - told;
  if (left > 0) {
    blocks.push(context(`${left} more: \`/forge status\` with a service or an environment shows them.`));
  }
  return [...blocks, context(`${source(statuses)}, ${moment(now)}.`)];
}

function restrictionBlocks(restrictions: Restrictions, now: number): KnownBlock[] {
  const lines = restrictionLines(restrictions, now);
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

function holdBlocks(holds: readonly ShownHold[]): KnownBlock[] {
  const more = holds.length - MOST_HOLDS;
  return [
    ...holds.slice(0, MOST_HOLDS).map(holdSection),
    ...(more > 0
      ? [context(`Automatic deployments are held in ${more} more places: name one of them to see why.`)]
      : []),
  ];
}

/** While messages cannot keep up, whoever asks is told that they lag, and that this answer does not. */
function lagging(late: LateMessages | undefined, now: number): KnownBlock[] {
  const seconds = late === undefined ? 0 : (now - late.since) / 1000;
  if (late === undefined || seconds < LAG_SECONDS) return [];
  const what =
    late.count === 1
      ? 'one deployment has ended and its message does not show it yet'
      : `${late.count} deployments have ended and their messages do not show it yet`;
  return [
    context(
      `:hourglass: Messages lag behind: ${what}, the first for ${duration(seconds)}. They follow in the order of their ends.`,
    ),
  ];
}

function source(statuses: readonly ServiceStatus[]): string {
  const isAnswered = statuses.some(({ regions }) => regions.some(({ kind }) => kind !== 'unknown'));
  return isAnswered ? 'As AWS says it' : 'AWS was asked and said nothing of it';
}
