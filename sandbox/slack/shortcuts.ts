import { ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import type { JsonObject } from './json.ts';
import { messageObject } from './message-object.ts';
import { shownMessage } from './message-place.ts';
import { channelReference, interactivePayload } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import type { User } from './seed.ts';
import type { Workspace } from './workspace.ts';

export type ShortcutRequest = {
  readonly as: string;
  readonly callback_id: string;
  /** Of a message shortcut: the message it is used on. */
  readonly channel?: string;
  readonly ts?: string;
};

/** Uses a shortcut: a global one from the search field, or one of a message when `channel` and `ts` say which. */
export async function useShortcut(request: ShortcutRequest, workspace: Workspace): Promise<Delivery> {
  const user = actingUser(request.as, workspace.conversations);
  const payload = {
    ...(request.ts === undefined && request.channel === undefined
      ? interactivePayload('shortcut', user)
      : onMessage(request, user, workspace)),
    callback_id: request.callback_id,
    trigger_id: workspace.triggers.issue(user.id),
    action_ts: workspace.identifiers.timestamp(),
  };
  return deliveryOf(await workspace.deliveries.deliver('interactive', payload));
}

function onMessage({ channel: key, ts }: ShortcutRequest, user: User, workspace: Workspace): JsonObject {
  if (key === undefined || ts === undefined) {
    throw new ControlError(400, 'A message shortcut needs both channel and ts; a global one neither.');
  }
  const channel = joinedChannel(key, user, workspace.conversations);
  const message = shownMessage({ user, channel, ts }, workspace);
  if (message.shownTo !== undefined) {
    throw new ControlError(400, 'Slack offers no shortcuts on a message that only one person sees.');
  }
  return {
    ...interactivePayload('message_action', user),
    channel: channelReference(channel),
    message_ts: ts,
    message: messageObject(message),
    // Without a source: the message may be somebody else's, so there is nothing to replace.
    response_url: workspace.responseUrls.issue({ kind: 'actions', user: user.id, channel: channel.id }),
  };
}
