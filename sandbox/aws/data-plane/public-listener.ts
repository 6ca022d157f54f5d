import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { choose } from './choose.ts';
import { ClientConnections } from './client-connections.ts';
import type { Counted } from './counters.ts';
import { forward } from './forward.ts';
import { probeHeader } from './headers.ts';
import type { LoadBalancerNode } from './node.ts';

type Surroundings = {
  /** The nodes that serve now, at least one. */
  nodes(): readonly LoadBalancerNode[];
  isProbe(token: string): boolean;
  count(counted: Counted): void;
  /** As `count`, for a request of the sandbox's own. */
  countProbe(counted: Counted): void;
};

/** One public port: chooses the rule, the target group and the target of every request. */
export class PublicListener {
  readonly #arn: string;
  readonly #surroundings: Surroundings;
  readonly #server: Server;
  readonly #connections: ClientConnections;

  constructor(arn: string, surroundings: Surroundings) {
    this.#arn = arn;
    this.#surroundings = surroundings;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.requestTimeout = 0;
    this.#connections = new ClientConnections(this.#server, () => surroundings.nodes().length);
  }

  /** Listens on the wanted port, or on a free one when that is taken. Resolves with the port. */
  async open(port: number): Promise<number> {
    try {
      return await listen(this.#server, port);
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken) throw error;
      return await listen(this.#server, 0);
    }
  }

  /** Clients' connections at one node, and those opened since this was asked last. */
  takeConnections(node: number): { open: number; opened: number } {
    return this.#connections.take(node);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = request.headers[probeHeader];
    const isProbe = typeof token === 'string' && this.#surroundings.isProbe(token);
    const counted = await this.#route(request, response);
    if (isProbe) this.#surroundings.countProbe(counted);
    else this.#surroundings.count(counted);
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<Counted> {
    const nodes = this.#surroundings.nodes();
    const index = this.#connections.nodeOf(request.socket);
    // A client may still be connected to a node that was switched off.
    const node = index < nodes.length ? index : 0;
    const { targetGroup, isPreview, turn, idleTimeoutMs, cookies } = choose(nodes[node], this.#arn, request);
    const isFailOpen = turn?.isFailOpen ?? false;
    const counted = { node, listener: this.#arn, targetGroup, isPreview, isFailOpen };
    if (turn === undefined) {
      answerItself(response, 503, 'Service Temporarily Unavailable');
      return { ...counted, outcome: { kind: 'no-target' } };
    }
    const outcome = await forward(request, response, { target: turn.target, idleTimeoutMs, cookies });
    if (outcome.kind === 'connection-error') answerItself(response, 502, 'Bad Gateway');
    if (outcome.kind === 'timed-out') answerItself(response, 504, 'Gateway Time-out');
    return { ...counted, outcome };
  }
}

function answerItself(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, reason, { 'content-type': 'text/html', server: 'awselb/2.0' });
  response.end(`<html><head><title>${status} ${reason}</title></head></html>\n`);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no port');
  return address.port;
}
