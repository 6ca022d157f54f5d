import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Chat, ChatResult, Message } from '../ports/chat.ts';
import type { Log } from '../ports/log.ts';
import { callSlack } from './call-slack.ts';
import { failureInWords, failureOf } from './failure.ts';
import { findPosted, postMetadata } from './find-posted.ts';

const Posted = z.object({ channel: z.string(), ts: z.string() });
const Permalink = z.object({ permalink: z.string() });

export type ChatParts = {
  /** Must not retry by itself: see `SlackClients`. */
  client: WebClient;
  /** Filled while Forge runs, and shared with the private answers. */
  unsupported: Set<string>;
  log: Log;
};

export function createChat({ client, unsupported, log }: ChatParts): Chat {
  const send = async (
    method: 'chat.postMessage' | 'chat.update',
    body: Record<string, unknown>,
  ): Promise<ChatResult> => {
    try {
      const { channel, ts } = await callSlack(client, { method, body, answer: Posted });
      return { kind: 'done', channel, ts };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'unsupported-block') unsupported.add(failure.type);
      return failure;
    }
  };

  return {
    unsupported,
    post: ({ id, channel, threadTs, broadcast, message }) =>
      send('chat.postMessage', {
        channel,
        ...contentOf(message),
        ...(threadTs !== undefined && { thread_ts: threadTs, reply_broadcast: broadcast ?? false }),
        unfurl_links: false,
        unfurl_media: false,
        metadata: postMetadata(id),
      }),
    update: ({ channel, ts, message }) => send('chat.update', { channel, ts, ...contentOf(message) }),
    findPosted: (request) => findPosted(client, request),
    async permalink({ channel, ts }) {
      const body = { channel, message_ts: ts };
      try {
        return (await callSlack(client, { method: 'chat.getPermalink', body, answer: Permalink })).permalink;
      } catch (error) {
        log.warn('Slack gave no link to a message', {
          channel,
          ts,
          problem: failureInWords(failureOf(error)),
        });
        return undefined;
      }
    },
  };
}

/** Said with every call: the defaults of posting and of updating differ, and either may turn plain words into mentions. */
function contentOf({ text, blocks }: Message): Record<string, unknown> {
  return { text, blocks, parse: 'none', link_names: false };
}
