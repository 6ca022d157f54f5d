import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { Fault, Faults } from '../../../sandbox/faults.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../../sandbox/slack/seed.ts';
import { createSlack, type SlackOptions, type SlackServer } from '../../../sandbox/slack/slack.ts';

export type TestWorkspace = {
  readonly slack: SlackServer;
  readonly origin: string;
  readonly client: WebClient;
  setFaults(...faults: Partial<Fault>[]): void;
};

/** For `expect.poll`: a busy machine may take its time. */
export const PATIENT = { timeout: 10_000 };

/** A workspace on its own port, gone when the test is. Without rate limits unless the test wants them. */
export async function startWorkspace(options: Partial<SlackOptions> = {}): Promise<TestWorkspace> {
  const server = createServer();
  const faults = new Faults();
  let origin = '';
  const slack = createSlack({
    origin: () => origin,
    faults,
    rateLimitScale: Number.POSITIVE_INFINITY,
    ...options,
  });
  server.on('request', (request, response) => {
    slack.handle(request, response, new URL(request.url ?? '/', origin)).then(
      (isOurs) => isOurs || response.writeHead(404).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.on('upgrade', (request, socket, head) => slack.upgrade(request, socket, head) || socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${portOf(server.address())}`;
  onTestFinished(async () => {
    await slack.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const setFaults = (...set: Partial<Fault>[]) =>
    faults.set(set.map((fault) => Fault.parse({ service: 'slack', ...fault })));
  return { slack, origin, client: webClient(origin), setFaults };
}

export function webClient(origin: string, token = BOT_TOKEN, options: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${origin}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
    ...options,
  });
}

/** Connects a real Bolt app, with the configuration Forge uses. */
export async function startApp(origin: string, listen: (app: App) => void = () => undefined): Promise<App> {
  const slackApiUrl = `${origin}/api/`;
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    clientPingTimeout: 300,
    logger: silent,
    installerOptions: {
      clientOptions: { slackApiUrl, retryConfig: { retries: 100, factor: 1.3, maxTimeout: 5000 } },
    },
  });
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    socketMode: true,
    clientOptions: { slackApiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    deferInitialization: true,
    convoStore: false,
    logger: silent,
  });
  listen(app);
  await app.init();
  await app.start();
  onTestFinished(async () => {
    await receiver.client.disconnect();
  });
  return app;
}

/** The `data` of the refusal a call ends with. Fails when the call succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => new Error('The call succeeded, though it should have been refused.'),
    (reason: unknown) => reason,
  );
  if (error instanceof Error && 'data' in error && isRecord(error.data)) return error.data;
  throw error;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
