import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chooseRule, chooseTargetGroup } from './choose-rule.ts';
import type { Counted } from './counters.ts';
import { forward } from './forward.ts';
import { probeHeader } from './headers.ts';
import type { Listener } from './messages.ts';
import type { TargetPool } from './target-pool.ts';

type Surroundings = {
  pool(targetGroup: string): TargetPool | undefined;
  isProbe(token: string): boolean;
  count(counted: Counted): void;
  /** As `count`, for a request of the sandbox's own. */
  countProbe(counted: Counted): void;
};

/** One public port: chooses the rule, the target group and the target of every request. */
export class PublicListener {
  #listener: Listener;
  readonly #surroundings: Surroundings;
  readonly #server: Server;

  constructor(listener: Listener, surroundings: Surroundings) {
    this.#listener = listener;
    this.#surroundings = surroundings;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.requestTimeout = 0;
  }

  configure(listener: Listener): void {
    this.#listener = listener;
  }

  /** Listens on the wanted port, or on a free one when that is taken. Resolves with the port. */
  async open(): Promise<number> {
    try {
      return await listen(this.#server, this.#listener.port);
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken) throw error;
      return await listen(this.#server, 0);
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = request.headers[probeHeader];
    const isProbe = typeof token === 'string' && this.#surroundings.isProbe(token);
    const counted = await this.#route(request, response);
    if (isProbe) this.#surroundings.countProbe(counted);
    else this.#surroundings.count(counted);
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<Counted> {
    const { arn: listener, rules, idleTimeoutMs } = this.#listener;
    const rule = chooseRule(rules, request);
    const targetGroup = rule === undefined ? undefined : chooseTargetGroup(rule, Math.random());
    const target = targetGroup === undefined ? undefined : this.#surroundings.pool(targetGroup)?.next();
    if (target === undefined) {
      answerItself(response, 503, 'Service Temporarily Unavailable');
      return { listener, targetGroup, outcome: { kind: 'no-target' } };
    }
    const outcome = await forward(request, response, { target, idleTimeoutMs });
    if (outcome.kind === 'connection-error') answerItself(response, 502, 'Bad Gateway');
    if (outcome.kind === 'timed-out') answerItself(response, 504, 'Gateway Time-out');
    return { listener, targetGroup, outcome };
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
