import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { givenContent, newContent } from './message-content.ts';
import { bodyOf } from './request.ts';
import type { ResponseTarget } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

/** Answers a POST to a response_url. */
export async function answerResponseUrl(
  workspace: Workspace,
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const { request, response, url } = exchange;
  const body = parseJson(await bodyOf(request))?.value;
  if (!isObject(body)) {
    sendText(response, 400, 'invalid_payload');
    return;
  }
  const use = workspace.responseUrls.use(url.pathname);
  if ('refusal' in use) {
    sendText(response, 404, use.refusal);
    return;
  }
  try {
    applyResponse(body, use.target, workspace);
    sendText(response, 200, 'ok');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    // Unlike the Web API, these addresses don't say what is wrong with the blocks.
    sendText(response, 400, error.code);
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

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
