import { ControlError } from '../parts.ts';
import type { JsonObject } from './json.ts';
import { messageObject } from './message-object.ts';
import type { Message } from './messages.ts';
import { channelReference } from './payloads.ts';
import type { Channel, User } from './seed.ts';
import type { Workspace } from './workspace.ts';

/** A message the person sees. Throws ControlError 404 when it is gone. */
export function shownMessage(
  place: { user: User; channel: Channel; ts: string },
  workspace: Workspace,
): Message {
  const { user, channel, ts } = place;
  const message = workspace.messages.find(channel.id, ts);
  if (message && (message.shownTo === undefined || message.shownTo === user.id)) return message;
  throw new ControlError(404, `There is no message ${ts} in ${channel.name} any more.`);
}

/** Where something happened, as interactive payloads say it. An ephemeral message is not shown again. */
export function messagePlace(message: Message, channel: Channel): JsonObject {
  const isEphemeral = message.shownTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    channel: channelReference(channel),
    ...(!isEphemeral && { message: messageObject(message) }),
  };
}
