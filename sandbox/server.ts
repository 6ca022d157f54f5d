import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerJson } from './answer.ts';
import { foreignHost, foreignOrigin } from './foreign.ts';
import type { Part } from './parts.ts';

const ADDRESS = '127.0.0.1';
/** Ports tried after the preferred one, before the system chooses. */
const NEIGHBOURS = 20;

export type Parts = {
  inTurn: readonly Part[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** A sentence for the person at the terminal. */
  report(text: string): void;
};

/** The sandbox's one port. Created and listening first, so that the parts can know its address. */
export class SandboxServer {
  readonly port: number;
  readonly origin: string;
  readonly #server: Server;

  constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
    this.origin = `http://${ADDRESS}:${port}`;
  }

  serve(parts: Parts): void {
    this.#server.removeAllListeners('request');
    this.#server.on('request', (request, response) => {
      this.#answer(parts, request, response).catch((error: unknown) => {
        parts.report(`The sandbox failed at ${request.method} ${request.url}: ${describe(error)}`);
        if (response.headersSent) response.destroy();
        else answerJson(response, 500, { error: `The sandbox itself failed: ${describe(error)}` });
      });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      if (foreignHost(request.headers, this.port) === undefined && parts.upgrade(request, socket, head))
        return;
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    });
  }

  async #answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = foreignHost(request.headers, this.port);
    if (refusal !== undefined) return answerJson(response, 403, { error: refusal });
    const url = new URL(request.url ?? '/', this.origin);
    const foreign = isForPeople(url) ? foreignOrigin(request.headers) : undefined;
    if (foreign !== undefined) return answerJson(response, 403, { error: foreign });
    for (const part of parts.inTurn) {
      if (await part.handle(request, response, url)) return;
    }
    answerJson(response, 404, { error: `There is nothing at ${request.method} ${url.pathname}.` });
  }

  /** Cuts what is still open. Idempotent. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Throws one sentence when the port is taken and nobody allowed another (`mayMove`). */
export async function listen(preferred: number, choice: { mayMove: boolean }): Promise<SandboxServer> {
  const ports = choice.mayMove ? [...neighbours(preferred), 0] : [preferred];
  for (const port of ports) {
    const server = await tryToListen(port);
    if (server !== undefined) return server;
  }
  throw new Error(`Port ${preferred} is taken. Choose another with --port, or 0 for any free one.`);
}

function neighbours(preferred: number): number[] {
  return Array.from({ length: NEIGHBOURS }, (_, index) => preferred + index);
}

function tryToListen(port: number): Promise<SandboxServer | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((_request, response) => {
      answerJson(response, 503, { error: 'The sandbox is starting. Try again in a moment.' });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return resolve(undefined);
      reject(new Error(`Could not listen on port ${port}: ${error.message}`, { cause: error }));
    });
    server.listen(port, ADDRESS, () => resolve(new SandboxServer(server, portOf(server.address()))));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return address.port;
}

/** Forge's SDKs, which call the rest, know tokens instead of origins. */
function isForPeople(url: URL): boolean {
  return url.pathname === '/' || url.pathname.startsWith('/sandbox') || url.pathname.startsWith('/page');
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
