import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerStruck } from '../answer-struck.ts';
import type { Fault, Faults } from '../faults.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { givenContent, newContent } from './message-content.ts';
import { bodyOf } from './request.ts';
import type { ResponseTarget } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

type Answer = { readonly status: number; readonly text: string; readonly retryAfterSeconds?: number };

/** Answers a POST to a response_url, after the fault that was set for the operation `response_url`. */
export async function answerResponseUrl(
  { workspace, faults }: { workspace: Workspace; faults: Faults },
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const { request, response, url } = exchange;
  const body = parseJson(await bodyOf(request))?.value;
  await answerStruck(faults.take('slack', 'response_url'), {
    request,
    act: () => answerTo(body, url.pathname, workspace),
    refusal: refusedByFault,
    send: ({ status, text, retryAfterSeconds }) => {
      const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...wait });
      response.end(text);
    },
  });
}

function refusedByFault(fault: Fault): Answer {
  if (fault.kind === 'throttle') {
    return { status: 429, text: 'ratelimited', retryAfterSeconds: fault.retryAfterSeconds ?? 1 };
  }
  if (fault.kind === 'refuse') return { status: 404, text: fault.error ?? 'not_found' };
  return { status: 500, text: 'internal_error' };
}

function answerTo(body: unknown, path: string, workspace: Workspace): Answer {
  if (!isObject(body)) return { status: 400, text: 'invalid_payload' };
  const use = workspace.responseUrls.use(path);
  if ('refusal' in use) return { status: 404, text: use.refusal };
  try {
    applyResponse(body, use.target, workspace);
    return { status: 200, text: 'ok' };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    // Unlike the Web API, these addresses don't say what is wrong with the blocks.
    return { status: 400, text: error.code };
  }
}

/** Does what an app's answer to a command or a click asks for. Throws SlackError when it can't be shown. */
export function applyResponse(body: JsonObject, target: ResponseTarget, workspace: Workspace): void {
  const given = givenContent(body, workspace);
  const hasContent = (given.text ?? '') !== '' || (given.blocks ?? given.attachments ?? []).length > 0;
  const source = target.kind === 'actions' ? target.sourceTs : undefined;
  if (isYes(body.delete_original)) {
    if (source !== undefined) workspace.messages.remove(target.channel, source);
    if (!hasContent) return;
  }
  const content = newContent(given, body, workspace);
  if (isYes(body.replace_original) && source !== undefined) {
    const { text, blocks, attachments } = content;
    const change = { text, blocks, attachments, edited: blocks.length === 0, warning: undefined };
    if (!workspace.messages.change(target.channel, source, change)) throw new SlackError('message_not_found');
    return;
  }
  const isPublic = body.response_type === 'in_channel';
  // Only a message for everybody may go into a thread; an ephemeral one appears in the channel.
  const threadTs = isPublic && typeof body.thread_ts === 'string' ? body.thread_ts : undefined;
  workspace.messages.post(target.channel, {
    ...content,
    threadTs,
    shownTo: isPublic ? undefined : target.user,
  });
}

/** The documents show the flags as booleans and as strings. */
function isYes(value: unknown): boolean {
  return value === true || value === 'true';
}
