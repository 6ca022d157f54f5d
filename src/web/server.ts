import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf, UserError } from '../domain/errors.ts';
import type { DeliveryDesk } from '../ports/delivery.ts';
import type { Log } from '../ports/log.ts';
import { type Answer, send } from './answer.ts';
import { type WebLimits, webLimits } from './limits.ts';
import { createBodyReader } from './read-body.ts';
import { type Taken, takeWebhook } from './webhook.ts';

export type WebSettings = {
  /** 0: any that is free. */
  port: number;
  host: string;
  /** What GitHub signs with. Absent: deliveries are not taken. */
  webhookSecret?: string;
  limits?: WebLimits;
};

/** Forge's own web server: whether it lives, and what GitHub delivers. */
export type WebServer = {
  /** The port it listens on. Throws a `UserError` where it cannot. */
  start(): Promise<number>;
  /** Who deals with deliveries from now on; undefined: this process does not lead, and turns them away. */
  serve(desk: DeliveryDesk | undefined): void;
  /** Takes nothing more, answers what it is at, closes every connection. */
  stop(): Promise<void>;
};

const WEBHOOK = '/github/webhook';
/** What is being answered may take so long when it is told to stop. Milliseconds. */
const STOP_WITHIN = 2_000;

export function createWebServer(
  { port, host, webhookSecret: secret, limits = webLimits }: WebSettings,
  { log }: { log: Log },
): WebServer {
  const readBody = createBodyReader({ one: limits.body, all: limits.bodies });
  let desk: DeliveryDesk | undefined;

  const server = createServer(
    {
      maxHeaderSize: limits.headers,
      headersTimeout: limits.headersWithin,
      requestTimeout: limits.requestWithin,
      connectionsCheckingInterval: limits.checkEvery,
      keepAliveTimeout: limits.idle,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.warn('A web request could not be answered', { error: messageOf(error) });
        if (!response.headersSent)
          send(response, { status: 500, says: 'Forge had a problem.', isLast: true });
        else response.destroy();
      });
    },
  );
  server.maxConnections = limits.connections;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { answer: told, afterwards } = await taken(request);
    if (response.destroyed) {
      log.debug('Who asked did not wait for the answer', { status: told.status });
    } else {
      if (told.isLast === true) response.once('finish', () => request.destroy());
      send(response, told);
    }
    await afterwards?.().catch((error: unknown) =>
      log.error('What GitHub delivered is left to the next start', { error: messageOf(error) }),
    );
  }

  async function taken(request: IncomingMessage): Promise<Taken> {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/health') return { answer: health(request) };
    if (path !== WEBHOOK || secret === undefined) {
      return { answer: { status: 404, says: 'There is nothing here.', isLast: true } };
    }
    if (request.method !== 'POST') {
      return {
        answer: { status: 405, says: 'Deliveries are posted.', headers: { allow: 'POST' }, isLast: true },
      };
    }
    if (desk === undefined) {
      const headers = { 'retry-after': '30' };
      return {
        answer: {
          status: 503,
          says: 'This Forge does not lead now. Deliver it again.',
          headers,
          isLast: true,
        },
      };
    }
    return takeWebhook(request, { secret, readBody, desk, log });
  }

  /** A standby is as well as one that leads. */
  function health({ method }: IncomingMessage): Answer {
    if (method !== 'GET' && method !== 'HEAD') {
      return { status: 405, says: 'Health is only read.', headers: { allow: 'GET, HEAD' }, isLast: true };
    }
    return { status: 200, says: desk === undefined ? 'standby' : 'leading' };
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        const fail = (error: Error) => reject(cannotListen({ port, host }, error));
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    serve(next) {
      desk = next;
    },
    async stop() {
      desk = undefined;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN);
      await closed;
      clearTimeout(timer);
    },
  };
}

function cannotListen({ port, host }: { port: number; host: string }, error: Error): UserError {
  return new UserError(
    `Forge's web server cannot listen on ${host}, port ${port}: ${error.message}. Give FORGE_HTTP_PORT a port that nothing else has, or leave it out.`,
    { cause: error },
  );
}
