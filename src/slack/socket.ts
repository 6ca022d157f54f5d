import { App, SocketModeReceiver } from '@slack/bolt';
import { messageOf } from '../domain/errors.ts';
import type { Incoming } from '../ports/incoming.ts';
import { clientOptions, type SlackAccess } from './clients.ts';
import { holdReconnects } from './hold-reconnects.ts';
import { tokenProblem } from './identity.ts';
import { readClosing, readCommand, readHomeOpened, readPress, readSubmission } from './read-incoming.ts';
import type { Acknowledge, Answer, Receiver } from './receiver.ts';
import { readShortcut } from './shortcuts.ts';
import { slackLogger } from './slack-logger.ts';

export type Socket = {
  /** Resolves when Slack has said hello. Throws UserError when it refuses a token. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
};

export type SocketParts = SlackAccess & { appToken: string; now: () => number; receiver: Receiver };

/** The one place that knows Bolt. */
export function createSocket(parts: SocketParts): Socket {
  const { log } = parts;
  const socketReceiver = new SocketModeReceiver({
    appToken: parts.appToken,
    logger: slackLogger(log),
    // After Slack asks to reconnect, Bolt stays away for this long; its default is five seconds. A pong that is later
    // than this ends the connection and every acknowledgement on its way, so a busy moment must fit in.
    clientPingTimeout: 2_500,
    installerOptions: { clientOptions: { ...clientOptions(parts), retryConfig: patientRetries } },
  });
  const app = new App({
    token: parts.botToken,
    receiver: socketReceiver,
    socketMode: true,
    logger: slackLogger(log),
    clientOptions: clientOptions(parts),
    // Otherwise a bad token rejects a promise nobody holds, and ends the process.
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false,
  });
  let isStopping = false;
  holdReconnects(socketReceiver.client, { isStopping: () => isStopping, log });
  listen(app, parts);
  return {
    async connect() {
      await app.init().catch((error: unknown) => Promise.reject(tokenProblem('bot', error)));
      await app.start().catch((error: unknown) => Promise.reject(tokenProblem('app', error)));
    },
    // Bolt's own stop does not wait for the socket to close.
    disconnect: () => {
      isStopping = true;
      return socketReceiver.client.disconnect();
    },
  };
}

/** While the network is away the socket keeps trying: giving up would reject a promise of Bolt's that nobody holds. */
const patientRetries = { forever: true, factor: 1.3, minTimeout: 200, maxTimeout: 5_000 };

/** Every pattern catches all: what nobody listens for would stay unacknowledged without a word. */
function listen(app: App, { receiver, now, log }: SocketParts): void {
  const receive = (incoming: Incoming, acknowledge: Acknowledge) => receiver.receive(incoming, acknowledge);

  app.command(/.*/, ({ body, ack }) =>
    receive(readCommand(body, { receivedAt: now() }), (answer) => ack(textOf(answer))),
  );
  app.action(/.*/, ({ body, ack }) => receive(readPress(body, { receivedAt: now() }), () => ack()));
  app.view({ callback_id: /.*/, type: 'view_submission' }, ({ body, ack }) =>
    receive(readSubmission(body, { receivedAt: now() }), (answer) => ack(errorsOf(answer))),
  );
  app.view({ callback_id: /.*/, type: 'view_closed' }, ({ body, ack }) =>
    receive(readClosing(body, { receivedAt: now() }), () => ack()),
  );
  app.event('app_home_opened', async ({ body }) => {
    const opened = readHomeOpened(body, { receivedAt: now() });
    if (opened !== undefined) await receive(opened, () => Promise.resolve());
  });
  app.shortcut(/.*/, ({ body, ack }) => receive(readShortcut(body, { receivedAt: now() }), () => ack()));
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.error(({ error }: { error: Error; body: object }) => {
    // Not acknowledged, so Slack itself tells the person that it failed.
    log.error('Something from Slack was not understood', { problem: messageOf(error) });
    return Promise.resolve();
  });
}

function textOf(answer: Answer | undefined) {
  return answer !== undefined && 'text' in answer ? answer : undefined;
}

function errorsOf(answer: Answer | undefined) {
  return answer !== undefined && 'errors' in answer ? answer : undefined;
}
