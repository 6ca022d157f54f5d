import type { IncomingMessage } from 'node:http';
import { ControlError } from './parts.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/** The fields of a request: a POST's JSON body, a GET's query. Throws ControlError for what can't be read. */
export async function readInput(request: IncomingMessage, url: URL): Promise<unknown> {
  if (request.method === 'POST') return readBody(request);
  return Object.fromEntries(url.searchParams);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ControlError(415, 'The body must be JSON: send it with content-type: application/json.');
  }
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, `The body is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const tooLarge = new ControlError(413, 'The body is larger than 1 MB.');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
