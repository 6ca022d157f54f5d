import { createServer, type IncomingHttpHeaders } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { BOT_TOKEN, SIGNING_SECRET } from '../../../sandbox/slack/seed.ts';
import { portOf, silent } from './harness.ts';

/** A real Bolt app behind an address of its own, as companies run it that allow no Socket Mode. */
export async function startHttpApp(
  origin: string,
  listen: (app: App) => void = () => undefined,
  options: { signingSecret?: string } = {},
): Promise<string> {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret ?? SIGNING_SECRET,
    logger: silent,
    unhandledRequestTimeoutMillis: 2000,
  });
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    clientOptions: { slackApiUrl: `${origin}/api/`, retryConfig: { retries: 0 } },
    deferInitialization: true,
    convoStore: false,
    logger: silent,
  });
  listen(app);
  await app.init();
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    server.closeAllConnections();
    await receiver.stop();
  });
  return `http://127.0.0.1:${portOf(server.address())}/slack/events`;
}

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A server that answers as it is told, and keeps what it was sent. It answers every challenge. */
export async function startRawApp(
  answer: (received: Received, nth: number) => { status: number; body?: string; headers?: object },
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      if (one.body.includes('url_verification')) {
        response.end(String(JSON.parse(one.body).challenge));
        return;
      }
      received.push(one);
      const { status, body = '', headers = {} } = answer(one, received.length);
      response.writeHead(status, { ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}/`, received };
}
