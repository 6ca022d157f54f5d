import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { type ThrottlingOptions, throttling } from '@octokit/plugin-throttling';
import type { Log } from '../ports/log.ts';
import type { Fetch } from './flight.ts';
import { MOST_WAIT_SECONDS } from './limits.ts';
import { isLoopback } from './loopback.ts';

export type OctokitSettings = {
  apiUrl: string;
  log: Log;
  /** Every request goes through it. */
  fetch: Fetch;
  /** What a second of waiting before another try lasts, in milliseconds. */
  secondMs: number;
};

/** How often a read is tried again after a fault of GitHub or of the network: after 1 and 4 seconds. */
const READ_RETRIES = 2;

/** What another try does not mend, and 429, which the throttling tries again. */
const FINAL = [304, 400, 401, 403, 404, 405, 409, 410, 422, 429, 451];

const OctokitInTime = Octokit.plugin(throttling, retry);
let made = 0;

/**
 * A client of GitHub that keeps its limits: writes a second apart, those that tell people three seconds, and where GitHub
 * says that it is too much, one wait of at most a minute. Tries reads again; writes are sent once, see `api.ts`.
 */
export function createOctokit(
  auth: { authStrategy?: unknown; auth: unknown },
  settings: OctokitSettings,
): Octokit {
  const { apiUrl, log, fetch, secondMs } = settings;
  return new OctokitInTime({
    ...auth,
    baseUrl: apiUrl,
    userAgent: 'forge',
    request: { fetch },
    log: { debug: log.debug, info: log.debug, warn: log.warn, error: log.error },
    throttle: throttleOf(settings),
    retry: { doNotRetry: FINAL, retries: READ_RETRIES, retryAfterBaseValue: secondMs },
  });
}

function throttleOf({ apiUrl, secondMs }: OctokitSettings): ThrottlingOptions {
  const mayWait = (seconds: number, _request: object, _octokit: Octokit, tries: number) =>
    tries === 0 && seconds <= MOST_WAIT_SECONDS;
  made += 1;
  const options: ThrottlingOptions = {
    // The plugin's queues are of the process: each client has one of its own.
    id: `forge-${made}`,
    retryAfterBaseValue: secondMs,
    fallbackSecondaryRateRetryAfter: MOST_WAIT_SECONDS,
    onRateLimit: mayWait,
    onSecondaryRateLimit: mayWait,
  };
  // What is on this machine is a sandbox: nobody there locks out who writes quickly.
  if (isLoopback(new URL(apiUrl).hostname)) Object.assign(options, { write: atOnce, notifications: atOnce });
  return options;
}

/** A queue that lets everything through. */
const atOnce = {
  key: () => ({ schedule: (_options: object, task: () => Promise<void>) => task() }),
};
