import { type Call, type Method, optionalString, requiredString } from './call.ts';
import { channelById, destination, requireWritable } from './channel-of.ts';
import { LIMITS } from './limits.ts';
import { givenContent, newContent } from './message-content.ts';
import { messageObject } from './message-object.ts';
import type { Message } from './messages.ts';
import { parsedText } from './parsed-text.ts';
import { BOT_USER_ID, TEAM } from './seed.ts';
import { SlackError } from './slack-error.ts';
import { threadOf } from './thread-of.ts';

const postMessage: Method = (call) => {
  const { args, workspace } = call;
  const channel = destination(call);
  requireWritable(channel, workspace.settings());
  const content = newContent(givenContent(args, workspace), args, workspace);
  const thread = threadOf(call, channel.id);
  const message = workspace.messages.post(channel.id, { ...content, ...thread });
  return { channel: channel.id, ts: message.ts, message: messageObject(message) };
};

const postEphemeral: Method = (call) => {
  const { args, workspace } = call;
  const channel = destination(call);
  requireWritable(channel, workspace.settings());
  const user = requiredString(args, 'user');
  if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel');
  const content = newContent(givenContent(args, workspace), args, workspace);
  const message = workspace.messages.post(channel.id, {
    ...content,
    threadTs: threadOf(call, channel.id)?.threadTs,
    shownTo: user,
  });
  return { message_ts: message.ts };
};

const update: Method = (call) => {
  const { args, workspace } = call;
  const before = ownMessage(call, 'cant_update_message');
  requireEditable(before, call);
  if ((optionalString(args, 'text') ?? '').length > LIMITS.updateText) throw new SlackError('msg_too_long');
  const given = givenContent(args, workspace);
  if (Object.values(given).every((part) => part === undefined)) throw new SlackError('no_text');
  // Where posting reads text as it is, an edit without `parse` reads it as a person's client would.
  const parsing = { parse: 'client', ...args };
  const text =
    given.text === undefined ? before.text : parsedText(given.text, parsing, workspace.conversations);
  // Text without blocks takes the old blocks away; neither keeps them.
  const blocks = given.blocks ?? (given.text === undefined ? before.blocks : []);
  const attachments = given.attachments ?? before.attachments;
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new SlackError('no_text');
  const metadata = given.metadata ?? before.metadata;
  const edited = before.edited === true || blocks.length === 0;
  const after = { text, blocks, attachments, metadata, edited, warning: undefined, picked: undefined };
  const message = workspace.messages.change(before.channel, before.ts, after) ?? before;
  return { channel: message.channel, ts: message.ts, text, message: messageObject(message) };
};

const remove: Method = (call) => {
  const { channel, ts } = ownMessage(call, 'cant_delete_message');
  call.workspace.messages.remove(channel, ts);
  return { channel, ts };
};

const getPermalink: Method = (call) => {
  const channel = channelById(call);
  const ts = requiredString(call.args, 'message_ts');
  if (!call.workspace.messages.find(channel.id, ts)) throw new SlackError('message_not_found');
  const permalink = `https://${TEAM.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
};

export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};

/** Throws SlackError when the channel or the workspace's edit window is closed. */
function requireEditable(message: Message, call: Call): void {
  if (channelById(call).archived) throw new SlackError('is_inactive');
  const { editWindowMinutes } = call.workspace.settings();
  const ageMs = call.workspace.clock.now() - Number(message.ts) * 1000;
  if (editWindowMinutes !== null && ageMs > editWindowMinutes * 60_000) {
    throw new SlackError('edit_window_closed');
  }
}

/** A message of Forge's own that is no ephemeral one: those can't be found again. */
function ownMessage(call: Call, refusal: string): Message {
  const channel = channelById(call);
  const message = call.workspace.messages.find(channel.id, requiredString(call.args, 'ts'));
  if (!message || message.shownTo !== undefined) throw new SlackError('message_not_found');
  if (message.user !== BOT_USER_ID) throw new SlackError(refusal);
  return message;
}
