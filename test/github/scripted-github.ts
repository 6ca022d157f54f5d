import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createGithub, type GithubOptions } from '../../src/github/github.ts';
import type { CodeHost } from '../../src/ports/code-host.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/log.ts';

/** `cut`: the connection ends in the middle of the answer. `hang`: it never comes. */
export type Answer = {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  after?: 'cut' | 'hang';
};

type Asked = {
  /** As it was sent, such as `GET /repos/acme/api?page=2`. */
  line: string;
  headers: IncomingMessage['headers'];
  body: unknown;
};

export type ScriptedGithub = {
  host: CodeHost;
  clock: FakeClock;
  url: string;
  /** Every request, in order. */
  asked: Asked[];
  /** What a route answers, in this order; the last one from then on. The route is without a query. */
  answer(route: string, ...answers: Answer[]): void;
};

export const TOKEN = 'github_pat_very_secret_4711';
export const repository = 'acme/api';
export const options = { signal: new AbortController().signal };

/** A server that answers what a test says, and GitHub's 404 otherwise; ended with the test. */
export async function scriptedGithub(given: Partial<GithubOptions> = {}): Promise<ScriptedGithub> {
  const asked: Asked[] = [];
  const script = new Map<string, Answer[]>([['GET /repos/acme/api', [{ body: { id: 1 } }]]]);
  const server = createServer((request, response) => {
    void listen(request, response);
  });
  async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === 'GET' ? undefined : await json(request).catch(() => undefined);
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const route = `${request.method} ${decodeURIComponent(request.url?.split('?')[0] ?? '')}`;
    const answers = script.get(route) ?? [{ status: 404, body: { message: 'Not Found' } }];
    reply(response, (answers.length > 1 ? answers.shift() : answers[0]) ?? {});
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const url = `http://127.0.0.1:${address.port}`;
  // From now on: the client reads the real clock where GitHub says when a limit ends.
  const clock = createFakeClock(Date.now());
  const credentials = { kind: 'token', token: TOKEN } as const;
  const host = createGithub({ credentials, apiUrl: url, log: silentLog, clock, secondMs: 5, ...given });
  return {
    host,
    clock,
    url,
    asked,
    answer: (route, ...answers) => script.set(route, answers),
  };
}

function reply(response: ServerResponse, { status = 200, body, headers = {}, after }: Answer): void {
  if (after === 'hang') return;
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const isEmpty = status === 204 || status === 304;
  response.writeHead(status, { ...(!isEmpty && { 'content-type': type }), ...headers });
  if (isEmpty) response.end();
  else if (after === 'cut') response.write(text.slice(0, 5), () => response.destroy());
  else response.end(text);
}
