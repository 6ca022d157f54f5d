import { Agent, type Dispatcher, request } from 'undici';
import type { SmokeTest } from './domain/plan.ts';
import type { SmokeProbe, SmokeResult } from './ports/smoke-probe.ts';

export type SmokeProbeOptions = {
  /** From the connection to the end of the body; default 5,000 ms. */
  timeLimit?: number;
};

/** What `contains` is looked for in: the beginning of the body, in bytes. */
const BODY_LIMIT = 64 * 1024;

/**
 * Asks a service over HTTP. Redirects are answers like any other, and every request has a connection of its own,
 * so that each one is routed anew by the load balancer.
 */
export function createSmokeProbe(options: SmokeProbeOptions = {}): SmokeProbe {
  const timeLimit = options.timeLimit ?? 5_000;
  return async ({ url, test }, { signal }) => {
    signal.throwIfAborted();
    const tooLate = AbortSignal.timeout(timeLimit);
    const agent = new Agent({ connections: 1, connect: { timeout: timeLimit } });
    try {
      const answer = await ask(agent, url, test, AbortSignal.any([signal, tooLate]));
      return judge(test, answer);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const why = tooLate.aborted ? `got no answer within ${timeLimit / 1_000} s` : failureOf(error);
      return { kind: 'failed', reason: `${nameOf(test)} ${why}` };
    } finally {
      await agent.destroy();
    }
  };
}

type Answer = { status: number; body: string };

async function ask(
  dispatcher: Dispatcher,
  url: string,
  test: SmokeTest,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await request(`${url}${test.path}`, {
    dispatcher,
    method: test.method,
    signal,
    reset: true,
    headers: { 'user-agent': 'forge-smoke-test', 'cache-control': 'no-cache' },
  });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response.body) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    length += bytes.length;
    if (length >= BODY_LIMIT) break;
  }
  return {
    status: response.statusCode,
    body: Buffer.concat(pieces).subarray(0, BODY_LIMIT).toString('utf8'),
  };
}

function judge(test: SmokeTest, answer: Answer): SmokeResult {
  if (answer.status !== test.status) {
    return {
      kind: 'failed',
      reason: `${nameOf(test)} answered ${answer.status} instead of ${test.status}`,
    };
  }
  if (test.contains !== undefined && !answer.body.includes(test.contains)) {
    return { kind: 'failed', reason: `${nameOf(test)} does not contain ${test.contains}` };
  }
  return { kind: 'passed' };
}

function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ECONNREFUSED':
      return 'failed: connection refused';
    case 'ENOTFOUND':
      return 'failed: the host name is unknown';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return 'failed: the connection was cut';
    default:
      return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function nameOf(test: SmokeTest): string {
  return `${test.method} ${test.path}`;
}
