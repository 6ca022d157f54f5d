import { setTimeout as wait } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { messageOf } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';

type Client = Pick<SocketModeReceiver['client'], 'start'>;

/** Between two tries to reconnect after one that Slack refused. Milliseconds. */
const PAUSE = 5_000;

/**
 * Slack's library reconnects by calling `start` once more and holds no promise of that: one that is rejected, because Slack
 * refuses or because Forge stops just then, would end the process. From the second start on, `start` tries again until
 * it is connected or `isStopping`, and never rejects. The first start is the caller's own.
 */
export function holdReconnects(client: Client, parts: { isStopping(): boolean; log: Log }): void {
  const { isStopping, log } = parts;
  const start = client.start.bind(client);
  let wasStarted = false;
  client.start = async () => {
    if (!wasStarted) {
      const connected = await start();
      wasStarted = true;
      return connected;
    }
    for (;;) {
      try {
        return await start();
      } catch (error) {
        if (isStopping()) return { ok: true };
        log.error('Forge could not connect to Slack again, and tries once more', {
          problem: messageOf(error),
          afterMs: PAUSE,
        });
      }
      await wait(PAUSE);
      if (isStopping()) return { ok: true };
    }
  };
}
