import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { towardsTarget, withoutHopByHop } from './headers.ts';
import type { PoolTarget } from './target-pool.ts';

export type Outcome =
  | { kind: 'answered'; status: number; version: string | undefined; latencyMs: number }
  /** The answer broke off after its first byte. */
  | { kind: 'cut'; status: number; version: string | undefined; latencyMs: number }
  /** Refused, reset, or not HTTP: the client got 502. */
  | { kind: 'connection-error' }
  /** Nothing came for the idle timeout: the client got 504. */
  | { kind: 'timed-out' }
  /** The client left before the answer. */
  | { kind: 'abandoned' };

/** Sends one request to one target and its answer back. Streams both bodies, never tries again. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  options: { target: PoolTarget; idleTimeoutMs: number; cookies: readonly string[] },
): Promise<Outcome> {
  const startedAt = performance.now();
  const answer = await askTarget(request, response, options);
  if ('kind' in answer) return answer;
  const latencyMs = performance.now() - startedAt;
  const status = answer.statusCode ?? 502;
  const version = answer.headers['x-version']?.toString();
  const end = await passOn(answer, response, options.cookies);
  if (end === 'client-left') return { kind: 'abandoned' };
  return { kind: end === 'complete' ? 'answered' : 'cut', status, version, latencyMs };
}

function askTarget(
  request: IncomingMessage,
  response: ServerResponse,
  options: { target: PoolTarget; idleTimeoutMs: number },
): Promise<IncomingMessage | Outcome> {
  const { target, idleTimeoutMs } = options;
  return new Promise((resolve) => {
    let isLate = false;
    const upstream = send({
      host: target.host,
      port: target.port,
      agent: target.agent,
      method: request.method,
      path: request.url,
      headers: towardsTarget(request),
      setHost: false,
    });
    upstream.setTimeout(idleTimeoutMs, () => {
      isLate = true;
      upstream.destroy(new Error('idle'));
    });
    upstream.on('response', resolve);
    upstream.on('error', () => {
      if (response.destroyed) resolve({ kind: 'abandoned' });
      else resolve({ kind: isLate ? 'timed-out' : 'connection-error' });
    });
    response.on('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    request.pipe(upstream);
  });
}

async function passOn(
  answer: IncomingMessage,
  response: ServerResponse,
  cookies: readonly string[],
): Promise<'complete' | 'target-broke' | 'client-left'> {
  let end: 'target-broke' | 'client-left' = 'client-left';
  const noteBreak = () => {
    if (!response.destroyed) end = 'target-broke';
  };
  // Before the pipeline, which destroys the other side as soon as it hears of either.
  answer.once('aborted', noteBreak);
  answer.once('error', noteBreak);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withCookies(answer, cookies));
  response.flushHeaders();
  try {
    await pipeline(answer, response);
    return 'complete';
  } catch {
    // Both sides are destroyed now, so a client that is still there sees a cut connection.
    return end;
  }
}

/** The target's headers, and the load balancer's own cookies beside the target's. */
function withCookies(answer: IncomingMessage, cookies: readonly string[]): Record<string, string | string[]> {
  const headers = withoutHopByHop(answer);
  if (cookies.length === 0) return headers;
  return { ...headers, 'set-cookie': [...(answer.headers['set-cookie'] ?? []), ...cookies] };
}
