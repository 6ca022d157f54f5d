import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject, parseJson, stringIn } from './json.ts';

export type SlackRequest = { readonly args: JsonObject; readonly token: string | undefined };

/** Reads a Web API request: form fields, or JSON with the token in the header only. */
export async function readRequest(request: IncomingMessage, url: URL): Promise<SlackRequest> {
  const body = await bodyOf(request);
  const header = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if ((request.headers['content-type'] ?? '').startsWith('application/json')) {
    const parsed = parseJson(body)?.value;
    return { args: isObject(parsed) ? parsed : {}, token: header };
  }
  const args = { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(new URLSearchParams(body)) };
  return { args, token: header ?? stringIn(args.token) };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
