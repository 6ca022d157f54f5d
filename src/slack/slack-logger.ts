import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../ports/log.ts';

/** Sends what Slack's libraries say to our log; not their debug lines, which hold payloads and response URLs. */
export function slackLogger(log: Log): Logger {
  const tell =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      log[level](`Slack library: ${parts.map(String).join(' ')}`);
    };
  return {
    debug: ignore,
    info: tell('info'),
    warn: tell('warn'),
    error: tell('error'),
    getLevel: () => LogLevel.INFO,
    setLevel: ignore,
    setName: ignore,
  };
}

function ignore(): void {
  // Nothing to do: the level and the name are our log's own affair.
}
