import { type Call, type Method, optionalString, page, requiredString } from './call.ts';
import { channelById, destination, requireWritable } from './channel-of.ts';
import { givenContent, newContent } from './message-content.ts';
import { messageObject } from './message-object.ts';
import { SlackError } from './slack-error.ts';
import { threadOf } from './thread-of.ts';

const FARTHEST_SECONDS = 120 * 24 * 60 * 60;
/** So many messages may be scheduled for one channel within five minutes. */
const MOST_IN_WINDOW = 30;
const WINDOW_SECONDS = 5 * 60;
/** A message that is about to be posted can't be taken back. */
const TOO_LATE_SECONDS = 60;

const schedule: Method = (call) => {
  const { args, workspace } = call;
  const channel = destination(call);
  requireWritable(channel, workspace.settings());
  const postAt = timeOf(call);
  const content = newContent(givenContent(args, workspace), args, workspace);
  const around = workspace.scheduled
    .list()
    .filter((one) => one.channel === channel.id && Math.abs(one.postAt - postAt) < WINDOW_SECONDS);
  if (around.length >= MOST_IN_WINDOW) throw new SlackError('restricted_too_many');
  const scheduled = workspace.scheduled.add({
    channel: channel.id,
    postAt,
    content: { ...content, ...threadOf(call, channel.id) },
  });
  const { ts: _unknownYet, ...message } = messageObject({
    ...scheduled.content,
    channel: channel.id,
    ts: '',
  });
  return { channel: channel.id, scheduled_message_id: scheduled.id, post_at: postAt, message };
};

const remove: Method = (call) => {
  const { args, workspace } = call;
  const channel = channelById(call);
  const id = requiredString(args, 'scheduled_message_id');
  const found = workspace.scheduled.list().find((one) => one.id === id && one.channel === channel.id);
  if (!found || found.postAt - nowSeconds(call) < TOO_LATE_SECONDS) {
    throw new SlackError('invalid_scheduled_message_id');
  }
  workspace.scheduled.remove(id);
  return {};
};

const list: Method = (call) => {
  const { args, workspace } = call;
  const wanted = optionalString(args, 'channel') === undefined ? undefined : channelById(call).id;
  const oldest = Number(optionalString(args, 'oldest') ?? 0);
  const latest = Number(optionalString(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const found = workspace.scheduled
    .list()
    .filter(({ channel }) => wanted === undefined || channel === wanted)
    .filter(({ postAt }) => postAt >= oldest && postAt <= latest);
  const { items, next } = page(found, args);
  const scheduled = items.map(({ id, channel, postAt, createdAt, content }) => ({
    id,
    channel_id: channel,
    post_at: postAt,
    date_created: createdAt,
    text: content.text,
  }));
  return { scheduled_messages: scheduled, response_metadata: { next_cursor: next } };
};

export const SCHEDULE_METHODS: Readonly<Record<string, Method>> = {
  'chat.scheduleMessage': schedule,
  'chat.deleteScheduledMessage': remove,
  'chat.scheduledMessages.list': list,
};

function timeOf(call: Call): number {
  const postAt = Number(requiredString(call.args, 'post_at'));
  const now = nowSeconds(call);
  if (!Number.isInteger(postAt)) throw new SlackError('invalid_time');
  if (postAt <= now) throw new SlackError('time_in_past');
  if (postAt - now > FARTHEST_SECONDS) throw new SlackError('time_too_far');
  return postAt;
}

function nowSeconds({ workspace }: Call): number {
  return Math.floor(workspace.clock.now() / 1000);
}
