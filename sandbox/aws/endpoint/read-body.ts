import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** The body as text; SDKs compress large ones. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const raw = await buffer(request);
  const isCompressed = request.headers['content-encoding'] === 'gzip';
  return (isCompressed ? await promisify(gunzip)(raw) : raw).toString('utf8');
}
