import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports/log.ts';
import { slackLogger } from './slack-logger.ts';

export type SlackClients = {
  /**
   * For what Forge tells a channel: it never repeats a call by itself, since a lost answer to a post that arrived
   * would double the message.
   */
  progress: WebClient;
  /** For answers to a person and for reading; repeats a call that got no answer twice within two seconds. */
  interaction: WebClient;
};

export type SlackAccess = { botToken: string; apiUrl?: string; log: Log };

/**
 * Two clients, because a queue that waits in one must not hold up a person who waits in the other.
 * A throttled call fails at once with its waiting time: by default the client would pause its whole queue.
 */
export function createClients(access: SlackAccess): SlackClients {
  return {
    progress: new WebClient(access.botToken, { ...clientOptions(access), retryConfig: { retries: 0 } }),
    interaction: new WebClient(access.botToken, clientOptions(access)),
  };
}

/** A new object every time: Slack's libraries write into the one they are given. */
export function clientOptions({ apiUrl, log }: SlackAccess): WebClientOptions {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 2_000 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    logger: slackLogger(log),
  };
}
