import { type Call, optionalString } from './call.ts';
import { isBotMember } from './conversations.ts';
import type { Channel } from './seed.ts';
import type { Settings } from './settings.ts';
import { SlackError } from './slack-error.ts';

/** The channel named by the argument `channel`, by id only. Throws SlackError channel_not_found. */
export function channelById({ args, workspace }: Call): Channel {
  const channel = workspace.conversations.byId(optionalString(args, 'channel') ?? '');
  if (!channel) throw new SlackError('channel_not_found');
  return channel;
}

/** Where a message is to go: a channel by id or name, or a person's direct message by their id. */
export function destination({ args, workspace }: Call): Channel {
  const key = optionalString(args, 'channel') ?? '';
  const { conversations } = workspace;
  const channel = conversations.user(key) ? conversations.directWith(key) : conversations.byIdOrName(key);
  if (!channel || key === '') throw new SlackError('channel_not_found');
  return channel;
}

/** Throws SlackError when Forge may not write there. */
export function requireWritable(channel: Channel, { scopes, messagesTab }: Settings): void {
  if (channel.archived) throw new SlackError('is_archived');
  if (channel.directWith !== undefined && messagesTab === 'off')
    throw new SlackError('messages_tab_disabled');
  if (!isBotMember(channel) && !scopes.includes('chat:write.public')) throw new SlackError('not_in_channel');
}

export function requireMember(channel: Channel): void {
  if (!isBotMember(channel)) throw new SlackError('not_in_channel');
}
