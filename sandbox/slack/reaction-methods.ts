import { type Call, type Method, requiredString } from './call.ts';
import { channelById, requireMember } from './channel-of.ts';
import type { Message } from './messages.ts';
import { BOT_USER_ID } from './seed.ts';
import { SlackError } from './slack-error.ts';

/** Different emoji one message may carry. */
const MOST_EMOJI = 23;

const add: Method = (call) => {
  const { message, name } = target(call);
  if (channelById(call).archived) throw new SlackError('is_archived');
  const { reactions } = call.workspace;
  if (reactions.has(message, name, BOT_USER_ID)) throw new SlackError('already_reacted');
  if (reactions.of(message.channel, message.ts).length >= MOST_EMOJI) throw new SlackError('too_many_emoji');
  reactions.add(message, name, BOT_USER_ID);
  return {};
};

const remove: Method = (call) => {
  const { message, name } = target(call);
  const { reactions } = call.workspace;
  if (!reactions.has(message, name, BOT_USER_ID)) throw new SlackError('no_reaction');
  reactions.remove(message, name, BOT_USER_ID);
  return {};
};

export const REACTION_METHODS: Readonly<Record<string, Method>> = {
  'reactions.add': add,
  'reactions.remove': remove,
};

function target(call: Call): { message: Message; name: string } {
  const { args, workspace } = call;
  const name = requiredString(args, 'name').replaceAll(/^:|:$/g, '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  const channel = channelById(call);
  requireMember(channel);
  const message = workspace.messages.find(channel.id, requiredString(args, 'timestamp'));
  if (!message || message.shownTo !== undefined) throw new SlackError('message_not_found');
  return { message, name };
}
