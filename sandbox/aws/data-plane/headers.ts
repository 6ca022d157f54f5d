import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Headers that belong to one connection and are never passed on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const probeHeader = 'x-sandbox-probe';

/** What the target receives: the client's headers, and where the request came from. */
export function towardsTarget(request: IncomingMessage): Record<string, string | string[]> {
  const headers = withoutHopByHop(request);
  delete headers[probeHeader];
  const client = request.socket.remoteAddress ?? '';
  const before = request.headers['x-forwarded-for'];
  headers['x-forwarded-for'] = before === undefined ? client : `${before}, ${client}`;
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-port'] = String(request.socket.localPort ?? '');
  // Without a length the body is chunked, also for methods that usually have none.
  if (request.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  return headers;
}

export function withoutHopByHop(message: IncomingMessage): Record<string, string | string[]> {
  const dropped = namedByConnection(message.headers);
  const kept: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values === undefined || hopByHop.has(name) || dropped.has(name)) continue;
    const [only] = values;
    kept[name] = values.length === 1 && only !== undefined ? only : values;
  }
  return kept;
}

function namedByConnection(headers: IncomingHttpHeaders): Set<string> {
  const names = headers.connection?.split(',') ?? [];
  return new Set(names.map((name) => name.trim().toLowerCase()));
}
