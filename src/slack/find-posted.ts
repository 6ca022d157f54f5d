import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Chat } from '../ports/chat.ts';
import { callSlack } from './call-slack.ts';
import { failureInWords, failureOf } from './failure.ts';

type Request = Parameters<Chat['findPosted']>[0];
type Finding = Awaited<ReturnType<Chat['findPosted']>>;

const eventType = 'forge_post';
/** Slack's clock and ours may differ by this much. */
const clockMarginMs = 5 * 60_000;
const pageSize = 200;
const mostPages = 25;

const Metadata = z.object({ event_type: z.literal(eventType), event_payload: z.object({ id: z.string() }) });

const Page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.unknown().optional(),
    }),
  ),
  has_more: z.boolean().default(false),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** What a message carries, unseen by people, so that it can be found again. */
export function postMetadata(id: string): { event_type: string; event_payload: { id: string } } {
  return { event_type: eventType, event_payload: { id } };
}

/** The id a message carries; undefined when it is none of Forge's. */
export function postIdOf(metadata: unknown): string | undefined {
  const parsed = Metadata.safeParse(metadata);
  return parsed.success ? parsed.data.event_payload.id : undefined;
}

/** Looks through the channel, or the thread, since the time it may have been posted. */
export async function findPosted(client: WebClient, request: Request): Promise<Finding> {
  try {
    const channel = await conversationOf(client, request.channel);
    return await look(client, { ...request, channel });
  } catch (error) {
    return { kind: 'unclear', detail: failureInWords(failureOf(error)) };
  }
}

/** A post may name a person; their direct message is read by its own id. Opening one that is open changes nothing. */
async function conversationOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/u.test(channel)) return channel;
  const body = { users: channel };
  return (await callSlack(client, { method: 'conversations.open', body, answer: Opened })).channel.id;
}

/** Throws what a call to Slack throws. */
async function look(client: WebClient, request: Request): Promise<Finding> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await readPage(client, request, cursor);
    const found = answer.messages.find(({ metadata }) => postIdOf(metadata) === request.id);
    if (found !== undefined) return { kind: 'found', channel: request.channel, ts: found.ts };
    cursor = answer.response_metadata.next_cursor;
    if (cursor === '') {
      if (!answer.has_more) return { kind: 'absent' };
      return { kind: 'unclear', detail: 'Slack says there are more messages, but not how to read them' };
    }
  }
  return { kind: 'unclear', detail: `It is not among the first ${mostPages * pageSize} messages since then` };
}

function readPage(client: WebClient, request: Request, cursor: string): Promise<z.infer<typeof Page>> {
  const { channel, threadTs, since } = request;
  const body = {
    channel,
    oldest: (Math.max(0, since - clockMarginMs) / 1_000).toFixed(6),
    limit: pageSize,
    include_all_metadata: true,
    ...(cursor !== '' && { cursor }),
  };
  if (threadTs === undefined)
    return callSlack(client, { method: 'conversations.history', body, answer: Page });
  const inThread = { ...body, ts: threadTs };
  return callSlack(client, { method: 'conversations.replies', body: inThread, answer: Page });
}
