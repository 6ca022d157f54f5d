import type { Conversations } from './conversations.ts';
import type { JsonObject } from './json.ts';
import { USER_GROUPS, USERS } from './seed.ts';

/**
 * The text of a message after `parse` and `link_names`. `none` leaves it alone, `client` links bare addresses, `full`
 * and `link_names` also turn `@name` and `#channel` into mentions.
 */
export function parsedText(text: string, parsing: JsonObject, conversations: Conversations): string {
  const linked = parsing.parse === 'client' || parsing.parse === 'full' ? withLinks(text) : text;
  const namesAreLinked =
    parsing.parse === 'full' || ['true', '1', true, 1].includes(asFlag(parsing.link_names));
  return namesAreLinked ? withMentions(linked, conversations) : linked;
}

/** A command's text as an app with `should_escape` gets it: known people, groups and channels as mentions. */
export function escapedCommandText(text: string, conversations: Conversations): string {
  return withMentions(withLinks(text), conversations);
}

function withLinks(text: string): string {
  return text.replaceAll(/(?<![<|\w])https?:\/\/[^\s<>|]+/g, (address) => `<${address}>`);
}

function withMentions(text: string, conversations: Conversations): string {
  return text
    .replaceAll(/(?<![<\w|])@([a-z0-9._-]+)/gi, (typed, name: string) => mention(name) ?? typed)
    .replaceAll(/(?<![<\w&|])#([a-z0-9_-]+)/gi, (typed, name: string) => {
      const channel = conversations.byIdOrName(name.toLowerCase());
      return channel && channel.directWith === undefined ? `<#${channel.id}|${channel.name}>` : typed;
    });
}

function mention(typed: string): string | undefined {
  const name = typed.toLowerCase();
  const user = USERS.find((one) => one.name === name && one.kind !== 'deactivated');
  if (user) return `<@${user.id}|${user.name}>`;
  const group = USER_GROUPS.find((one) => one.handle === name);
  return group ? `<!subteam^${group.id}|@${group.handle}>` : undefined;
}

function asFlag(value: unknown): string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : false;
}
