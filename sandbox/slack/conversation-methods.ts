import { type Call, flag, type Method, optionalString, page, requiredString } from './call.ts';
import { channelById, requireMember } from './channel-of.ts';
import { isBotMember } from './conversations.ts';
import type { JsonObject } from './json.ts';
import { messageObject } from './message-object.ts';
import type { Message } from './messages.ts';
import { requireConversationScope, requireScope } from './scopes.ts';
import { BOT_USER_ID, type Channel, TEAM } from './seed.ts';
import { SlackError } from './slack-error.ts';

const info: Method = (call) => {
  const channel = readableChannel(call, 'read');
  return { channel: channelObject(channel) };
};

const list: Method = ({ args, workspace }) => {
  const types = (optionalString(args, 'types') ?? 'public_channel').split(',');
  if (types.includes('im')) requireScope(['im:read'], workspace.settings().scopes);
  const wanted = workspace.conversations.all().filter((channel) => {
    const type = channel.directWith === undefined ? 'public_channel' : 'im';
    return types.includes(type) && !(flag(args, 'exclude_archived') && channel.archived);
  });
  const { items, next } = page(wanted, args);
  return { channels: items.map(channelObject), response_metadata: { next_cursor: next } };
};

const members: Method = (call) => {
  const { items, next } = page(readableChannel(call, 'read').members, call.args);
  return { members: items, response_metadata: { next_cursor: next } };
};

const history: Method = (call) => {
  const channel = readableChannel(call, 'history');
  requireMember(channel);
  const messages = call.workspace.messages
    .history(channel.id)
    .filter((message) => message.threadTs === undefined || message.broadcast === true)
    .filter((message) => isWithin(message.ts, call.args))
    .reverse();
  return messagePage(messages, call);
};

const replies: Method = (call) => {
  const channel = readableChannel(call, 'history');
  requireMember(channel);
  const { messages } = call.workspace;
  const asked = messages.find(channel.id, requiredString(call.args, 'ts'));
  const parent = asked?.threadTs === undefined ? asked : messages.find(channel.id, asked.threadTs);
  if (!parent || parent.shownTo !== undefined) throw new SlackError('thread_not_found');
  const thread = messages.replies(channel.id, parent.ts);
  return messagePage([parent, ...thread.filter((reply) => isWithin(reply.ts, call.args))], call);
};

const open: Method = ({ args, workspace }) => {
  const ids = requiredString(args, 'users').split(',');
  const [id] = ids;
  if (ids.length !== 1 || id === undefined) throw new SlackError('missing_scope', { needed: 'mpim:write' });
  const user = workspace.conversations.user(id);
  if (!user) throw new SlackError('user_not_found');
  if (user.kind === 'deactivated') throw new SlackError('user_disabled');
  const channel = workspace.conversations.directWith(id);
  if (!channel) throw new SlackError('user_not_found');
  return { channel: flag(args, 'return_im') ? channelObject(channel) : { id: channel.id } };
};

export const CONVERSATION_METHODS: Readonly<Record<string, Method>> = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.open': open,
};

function readableChannel(call: Call, right: 'read' | 'history'): Channel {
  const channel = channelById(call);
  requireConversationScope(right, channel, call.workspace.settings().scopes);
  return channel;
}

function messagePage(messages: readonly Message[], call: Call): JsonObject {
  const { items, next } = page(messages, call.args);
  return {
    messages: items.map((message) => listed(message, call)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

function listed(message: Message, { args, workspace }: Call): JsonObject {
  const { metadata, ...shown } = messageObject(message);
  const replies = workspace.messages.replies(message.channel, message.ts);
  const reactions = workspace.reactions
    .of(message.channel, message.ts)
    .map((reaction) => ({ ...reaction, count: reaction.users.length }));
  const thread = {
    thread_ts: message.ts,
    reply_count: replies.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
  };
  return {
    ...shown,
    ...(metadata !== undefined && flag(args, 'include_all_metadata') && { metadata }),
    ...(replies.length > 0 && thread),
    ...(reactions.length > 0 && { reactions }),
  };
}

function isWithin(ts: string, args: JsonObject): boolean {
  const oldest = Number(optionalString(args, 'oldest') ?? 0);
  const latest = Number(optionalString(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const at = Number(ts);
  if (at === oldest || at === latest) return flag(args, 'inclusive');
  return at > oldest && at < latest;
}

function channelObject(channel: Channel): JsonObject {
  const common = { id: channel.id, created: 0, is_archived: channel.archived, context_team_id: TEAM.id };
  if (channel.directWith !== undefined) {
    return { ...common, is_im: true, is_channel: false, user: channel.directWith, is_open: true };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: channel.name === 'general',
    is_member: isBotMember(channel),
    creator: BOT_USER_ID,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}
