import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerStruck } from '../answer-struck.ts';
import type { Fault, Faults } from '../faults.ts';
import { BLOCK_METHODS } from './block-methods.ts';
import { type Method, optionalString } from './call.ts';
import { CHAT_METHODS } from './chat-methods.ts';
import { CONVERSATION_METHODS } from './conversation-methods.ts';
import type { JsonObject } from './json.ts';
import type { RateLimits } from './rate-limits.ts';
import { REACTION_METHODS } from './reaction-methods.ts';
import { readRequest, type SlackRequest } from './request.ts';
import { SCHEDULE_METHODS } from './schedule-methods.ts';
import { NEEDED_SCOPES, requireScope } from './scopes.ts';
import { APP_TOKEN, BOT_TOKEN } from './seed.ts';
import { SlackError } from './slack-error.ts';
import { USER_METHODS } from './user-methods.ts';
import { VIEW_METHODS } from './view-methods.ts';
import type { Workspace } from './workspace.ts';
import { WORKSPACE_METHODS } from './workspace-methods.ts';

const METHODS: Readonly<Record<string, Method>> = {
  ...WORKSPACE_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...USER_METHODS,
  ...REACTION_METHODS,
  ...SCHEDULE_METHODS,
  ...VIEW_METHODS,
  ...BLOCK_METHODS,
};

/** What anybody may call. */
const TOKENLESS: ReadonlySet<string> = new Set(['api.test', 'blocks.validate']);

type WebApi = { readonly workspace: Workspace; readonly faults: Faults; readonly rateLimits: RateLimits };

/** Answers `/api/<method>`, after the fault that was set for it. */
export async function answerWebApi(
  api: WebApi,
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const { request, response, url } = exchange;
  const name = url.pathname.slice('/api/'.length);
  const read = await readRequest(request, url);
  await answerStruck(api.faults.take('slack', name), {
    request,
    act: () => answerTo(name, read, api),
    refusal: refusedByFault,
    send: (answer) => send(response, answer, { name, scopes: api.workspace.settings().scopes }),
  });
}

type WebAnswer = { readonly body: JsonObject; readonly retryAfterSeconds?: number };

function refusedByFault(fault: Fault): WebAnswer {
  if (fault.kind === 'throttle') return throttled(fault.retryAfterSeconds ?? 1);
  const error = fault.kind === 'refuse' ? fault.error : 'internal_error';
  return { body: { ok: false, error } };
}

function answerTo(name: string, read: SlackRequest, api: WebApi): WebAnswer {
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    if (!TOKENLESS.has(name)) authorise(name, read.token, api.workspace);
    const seconds = api.rateLimits.take(name, channelOf(read.args, api.workspace));
    if (seconds !== undefined) return throttled(seconds);
    return { body: { ok: true, ...method({ args: read.args, workspace: api.workspace }) } };
  } catch (error) {
    if (error instanceof SlackError) return { body: { ok: false, error: error.code, ...error.fields } };
    throw error;
  }
}

function throttled(retryAfterSeconds: number): WebAnswer {
  return { body: { ok: false, error: 'ratelimited' }, retryAfterSeconds };
}

/** However a channel is named, its posts are counted together. */
function channelOf(args: JsonObject, { conversations }: Workspace): string {
  const key = optionalString(args, 'channel') ?? '';
  const channel = conversations.user(key) ? conversations.directWith(key) : conversations.byIdOrName(key);
  return channel?.id ?? key;
}

function authorise(name: string, token: string | undefined, workspace: Workspace): void {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  if (token !== BOT_TOKEN && token !== APP_TOKEN) throw new SlackError('invalid_auth');
  const wanted = name === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
  if (token !== wanted) throw new SlackError('not_allowed_token_type');
  if (wanted === APP_TOKEN) return;
  const { token: state, scopes } = workspace.settings();
  if (state === 'revoked') throw new SlackError('token_revoked');
  if (state === 'inactive') throw new SlackError('account_inactive');
  requireScope(NEEDED_SCOPES[name] ?? [], scopes);
}

function send(
  response: ServerResponse,
  answer: WebAnswer,
  { name, scopes }: { name: string; scopes: readonly string[] },
): void {
  const { retryAfterSeconds } = answer;
  response.writeHead(retryAfterSeconds === undefined ? 200 : 429, {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': scopes.join(','),
    'x-accepted-oauth-scopes': (NEEDED_SCOPES[name] ?? []).join(','),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(answer.body));
}
