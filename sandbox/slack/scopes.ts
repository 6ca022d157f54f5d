import type { Channel } from './seed.ts';
import { SlackError } from './slack-error.ts';

export const GRANTED_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'im:write',
  'channels:history',
  'groups:history',
  'im:history',
];

/** What each method needs: any one of the scopes in its row. A method without a row needs none. */
export const NEEDED_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.scheduleMessage': ['chat:write'],
  'chat.deleteScheduledMessage': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.list': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'team.info': ['team:read'],
  'bots.info': ['users:read'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
};

/** Throws SlackError missing_scope unless one of the needed scopes was granted. */
export function requireScope(needed: readonly string[], granted: readonly string[]): void {
  if (needed.length === 0 || needed.some((scope) => granted.includes(scope))) return;
  throw new SlackError('missing_scope', { needed: needed[0], provided: granted.join(',') });
}

/** Reading a conversation needs the scope of its kind: `channels:history` opens no direct message. */
export function requireConversationScope(
  right: 'read' | 'history',
  channel: Channel,
  granted: readonly string[],
): void {
  const kind = channel.directWith === undefined ? 'channels' : 'im';
  requireScope([`${kind}:${right}`], granted);
}
