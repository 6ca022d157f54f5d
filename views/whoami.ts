import type { Role } from '../src/domain/roles.ts';
import type { Message } from '../src/ports/chat.ts';
import type { Person } from '../src/ports/people.ts';
import { context, section } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { code, escaped, quoted, shortenedMarkup } from './text.ts';

/** What a person is in an environment, and what that allows. */
export type RoleHere = {
  environment: string;
  roles: readonly Role[];
  /** Names of commands. */
  commands: readonly string[];
  /** The roles and groups whose approval is needed there and for which the person’s vote counts. */
  votesAs: readonly string[];
};

/** Environments, or several that are alike, that are told; more are counted. */
const MOST_LINES = 20;
/** Of all lines together; the rest is for what stands before and after them. Characters. */
const ROOM = LIMITS.messageBlocksText - 1_000;

/** Who somebody is to Forge, and what they may do where; environments where that is the same stand together. */
export function whoamiMessage(person: Person, here: readonly RoleHere[]): Message {
  const text = `You are <@${person.id}>, a full member of this workspace. Your time zone is ${quoted(person.timeZone, 100)}.`;
  const alike = [...Map.groupBy(here, mayTold)];
  const shown = alike.slice(0, MOST_LINES);
  const most = Math.floor(ROOM / Math.max(1, shown.length));
  const lines = shown.map(([told, places]) => {
    const names = places.map(({ environment }) => escaped(environment)).join(', ');
    return shortenedMarkup(`*${names}*: ${told}`, most);
  });
  const left = alike.length - shown.length;
  const more = left > 0 ? [`${left} more environments are not shown here.`] : [];
  return {
    text: shortenedMarkup([text, ...lines, ...more].join('\n'), LIMITS.messageText),
    blocks: [section(text), ...lines.map(section), ...more.map(context)],
  };
}

function mayTold({ roles, commands, votesAs }: RoleHere): string {
  if (roles.length === 0) return 'you may do nothing: forge.yml gives you no role there.';
  const vote =
    votesAs.length === 0 ? '' : ` Your approval counts as ${votesAs.map(named).map(escaped).join(' and ')}.`;
  const listed = `(${roles.length === 1 ? 'role' : 'roles'}: ${roles.map(named).join(', ')})`;
  return `you may use ${commands.map(code).join(', ')}.${vote} ${listed}`;
}

function named(role: string): string {
  return role.replaceAll('-', ' ');
}
