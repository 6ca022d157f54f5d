import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answerStruck } from '../../answer-struck.ts';
import type { Fault, Faults } from '../../faults.ts';
import { GithubError, notFound } from '../github-error.ts';
import type { Hub } from '../hub.ts';
import type { Caller } from './caller.ts';
import { type RateLimit, rateLimited, secondaryLimited } from './rate-limit.ts';
import { bodyReader } from './request-body.ts';
import type { Answer, Route } from './route.ts';
import { badCredentials, type Tokens } from './tokens.ts';

const DOCUMENTATION = 'https://docs.github.com/rest';
const API_VERSIONS: readonly string[] = ['2022-11-28', '2026-03-10'];

export type RestApi = {
  hub: Hub;
  faults: Faults;
  routes: readonly Route[];
  tokens: Tokens;
  limit: RateLimit;
};

/** Answers what comes to `/github/…`, after the fault that was set for it. */
export async function answerRest(
  api: RestApi,
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const { request, response, url } = exchange;
  const path = url.pathname.slice('/github'.length);
  const found = findRoute(api.routes, request.method ?? '', path);
  // Before any fault: what has arrived is carried out, whether or not the caller is still there.
  const body = await buffer(request);
  const fault = api.faults.take('github', found?.route.operation ?? 'unknown');
  await answerStruck(fault, {
    request,
    act: async () => encoded(await answered(api, { request, body, url, found })),
    refusal: (struck) => encoded(refused(struck, api.limit)),
    send: (answer) => send(response, answer, { request, limit: api.limit }),
  });
}

type Found = { route: Route; params: Record<string, string> };

function findRoute(routes: readonly Route[], method: string, path: string): Found | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { route, params: { ...match.groups } };
  }
  return undefined;
}

async function answered(
  api: RestApi,
  {
    request,
    body,
    url,
    found,
  }: { request: IncomingMessage; body: Buffer; url: URL; found: Found | undefined },
): Promise<Answer> {
  try {
    const caller = found?.route.isOpen === true ? NOBODY : admitted(api, request);
    if (found === undefined) throw notFound();
    return await found.route.answer({
      hub: api.hub,
      caller,
      params: decoded(found.params),
      query: url.searchParams,
      headers: request.headers,
      address: `${api.hub.origin()}${url.pathname}`,
      read: bodyReader(body),
    });
  } catch (error) {
    if (error instanceof GithubError) return errorAnswer(error);
    throw error;
  }
}

const NOBODY: Caller = { kind: 'nobody' };

/** Who calls, counted. Throws GithubError for whoever may not call at all. */
function admitted(api: RestApi, request: IncomingMessage): Caller {
  requireManners(request);
  const caller = api.tokens.callerOf(request.headers.authorization);
  const state = api.hub.settings().installation;
  if (caller.kind === 'installation' && state === 'removed') throw badCredentials();
  if (caller.kind === 'installation' && state === 'suspended') {
    throw new GithubError(403, 'This installation has been suspended');
  }
  if (caller.kind !== 'app') api.limit.take();
  return caller;
}

/** GitHub refuses requests that do not say who they are, or want a version it does not know. */
function requireManners({ headers }: IncomingMessage): void {
  if ((headers['user-agent'] ?? '') === '') {
    throw new GithubError(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
    );
  }
  const version = headers['x-github-api-version'];
  if (typeof version === 'string' && !API_VERSIONS.includes(version)) {
    throw new GithubError(400, `"${version}" is not a supported version of the REST API.`);
  }
}

function decoded(params: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    throw notFound();
  }
}

export function errorAnswer({ status, message, errors, headers }: GithubError): Answer {
  const body = {
    message,
    ...(errors !== undefined && { errors }),
    documentation_url: DOCUMENTATION,
    status: String(status),
  };
  return { status, body, headers };
}

function refused(fault: Fault, limit: RateLimit): Answer {
  if (fault.kind === 'throttle') return errorAnswer(secondaryLimited(fault.retryAfterSeconds ?? 1));
  if (fault.kind !== 'refuse') return { status: 502, body: { message: 'Server Error' } };
  if (fault.error === 'rate-limited') return errorAnswer(rateLimited(limit.headers()));
  const status = Number(fault.error);
  const known = Number.isInteger(status) && status >= 400 && status <= 599;
  return errorAnswer(new GithubError(known ? status : 422, WORDS[fault.error ?? ''] ?? fault.error ?? ''));
}

const WORDS: Readonly<Record<string, string>> = {
  '401': 'Bad credentials',
  '403': 'Resource not accessible by integration',
  '404': 'Not Found',
  '405': 'Pull Request is not mergeable',
  '409': 'Conflict',
  '410': 'Gone',
  '422': 'Validation Failed',
  '500': 'Server Error',
  '503': 'Service Unavailable',
};

type Encoded = { status: number; bytes: Buffer; headers: Record<string, string> };

function encoded({ status, body, bytes, headers }: Answer): Encoded {
  const isJson = bytes === undefined && body !== undefined;
  return {
    status,
    bytes: bytes ?? Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    headers: { ...(isJson && { 'content-type': 'application/json; charset=utf-8' }), ...headers },
  };
}

function send(
  response: ServerResponse,
  answer: Encoded,
  { request, limit }: { request: IncomingMessage; limit: RateLimit },
): void {
  if (response.destroyed) return;
  const isRead = request.method === 'GET' && answer.status === 200;
  const etag = isRead ? `W/"${createHash('sha256').update(answer.bytes).digest('hex')}"` : undefined;
  const isUnchanged = etag !== undefined && request.headers['if-none-match'] === etag;
  if (isUnchanged) limit.giveBack();
  const headers = {
    ...limit.headers(),
    'x-github-request-id': randomBytes(8).toString('hex').toUpperCase(),
    'x-github-media-type': 'github.v3; format=json',
    ...(etag !== undefined && { etag, 'cache-control': 'private, max-age=60, s-maxage=60' }),
    ...answer.headers,
  };
  response.writeHead(isUnchanged ? 304 : answer.status, headers);
  response.end(isUnchanged || answer.status === 204 ? undefined : answer.bytes);
}
