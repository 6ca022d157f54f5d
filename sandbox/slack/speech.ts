import { ControlError, type Delivery } from '../parts.ts';
import { isBotMember } from './conversations.ts';
import { deliveryOf } from './deliveries.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import { escapedCommandText } from './parsed-text.ts';
import { eventPayload } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import { BOT_USER_ID, type Channel, TEAM } from './seed.ts';
import type { Workspace } from './workspace.ts';

export type SpeechRequest = {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
};
export type Spoken = {
  ts: string;
  /** The events the app was told, each with how that went; none when it subscribed to none of them. */
  events: (Delivery & { type: string })[];
};

/** Writes a message as a person does, and tells the app what it subscribed to. */
export async function say(request: SpeechRequest, workspace: Workspace): Promise<Spoken> {
  const user = actingUser(request.as, workspace.conversations);
  const channel = joinedChannel(request.channel, user, workspace.conversations);
  requireOpen(channel, workspace);
  requireThread(request.thread_ts, channel, workspace);
  if (request.text.startsWith('/')) {
    throw new ControlError(400, 'That is a command: send it to POST /sandbox/command.');
  }
  const escaped = request.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const message = workspace.messages.post(channel.id, {
    user: user.id,
    text: escapedCommandText(escaped, workspace.conversations),
    blocks: [],
    attachments: [],
    threadTs: request.thread_ts,
  });
  const events = eventsOf(message, channel, workspace);
  const deliveries = await Promise.all(
    events.map(async (event) => {
      const answer = await workspace.deliveries.deliverEvent(eventPayload(event, workspace));
      return { type: String(event.type), ...deliveryOf(answer) };
    }),
  );
  return { ts: message.ts, events: deliveries };
}

function requireOpen(channel: Channel, workspace: Workspace): void {
  if (channel.archived) throw new ControlError(403, `${channel.name} is archived: nobody can write there.`);
  const { messagesTab } = workspace.settings();
  if (channel.directWith === undefined || messagesTab === 'open') return;
  throw new ControlError(403, `The app's messages tab is ${messagesTab}: nobody can write to it there.`);
}

function requireThread(ts: string | undefined, channel: Channel, workspace: Workspace): void {
  if (ts === undefined || workspace.messages.find(channel.id, ts)) return;
  throw new ControlError(404, `There is no message ${ts} in ${channel.name} to answer.`);
}

/** An app hears only of channels it is in, only what it subscribed to, and only with the scope for it. */
function eventsOf(message: Message, channel: Channel, workspace: Workspace): JsonObject[] {
  if (!isBotMember(channel)) return [];
  const { events, scopes } = workspace.settings();
  const kind = channel.directWith === undefined ? 'channel' : 'im';
  const hears = kind === 'im' ? { event: 'message.im', scope: 'im:history' } : PUBLIC;
  const common = {
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: TEAM.id,
    channel: channel.id,
    event_ts: message.ts,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
  };
  const isMentioned = message.text.includes(`<@${BOT_USER_ID}`);
  return [
    ...(events.includes(hears.event) && scopes.includes(hears.scope)
      ? [{ type: 'message', channel_type: kind, ...common }]
      : []),
    ...(isMentioned && events.includes('app_mention') && scopes.includes('app_mentions:read')
      ? [{ type: 'app_mention', ...common }]
      : []),
  ];
}

const PUBLIC = { event: 'message.channels', scope: 'channels:history' } as const;
