import { Agent, type Dispatcher, request } from 'undici';
import type { Preview, SmokeTest } from './domain/plan.ts';
import type { SmokeProbe, SmokeResult } from './ports/smoke-probe.ts';

export type SmokeProbeOptions = {
  /** From the connection to the end of the body; default 5,000 ms. */
  timeLimit?: number;
  /** The secret of that name, for previews; default: the environment variable. */
  secret?: (name: string) => string | undefined;
};

/** What `contains` is looked for in: the beginning of the body, in bytes. */
const BODY_LIMIT = 64 * 1024;

/**
 * Asks a service over HTTP. Redirects are answers like any other, and every request has a connection of its own,
 * so that each one is routed anew by the load balancer.
 */
export function createSmokeProbe(options: SmokeProbeOptions = {}): SmokeProbe {
  const { timeLimit = 5_000, secret = (name) => process.env[name] } = options;
  return async ({ url, test, preview }, { signal }) => {
    signal.throwIfAborted();
    const way = wayTo(preview, secret);
    if (way.kind === 'closed')
      return { kind: 'failed', reason: `${nameOf(test)} was not sent: ${way.reason}` };
    const tooLate = AbortSignal.timeout(timeLimit);
    const agent = new Agent({ connections: 1, connect: { timeout: timeLimit } });
    try {
      const headers = { ...usualHeaders, ...way.headers };
      const asked = { dispatcher: agent, headers, signal: AbortSignal.any([signal, tooLate]) };
      const answer = await ask(`${url}${test.path}`, test.method, asked);
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

/** Headers that take a request to where it is to go; nothing of them may be told to anybody. */
type Way = { kind: 'open'; headers: Record<string, string> } | { kind: 'closed'; reason: string };

function wayTo(preview: Preview | undefined, secret: (name: string) => string | undefined): Way {
  if (preview === undefined) return { kind: 'open', headers: {} };
  const { header, valueFrom, colour } = preview;
  const value = secret(valueFrom);
  if (value === undefined || value === '') {
    const reason = `the environment variable ${valueFrom} is not set. Set it to the secret of the preview rule, and start Forge again`;
    return { kind: 'closed', reason };
  }
  if (!/^[\x21-\x7e]+$/.test(value)) {
    const reason = `the environment variable ${valueFrom} has spaces, line ends or special letters, which no header may have. Set it again without them`;
    return { kind: 'closed', reason };
  }
  return { kind: 'open', headers: { [header]: `${value}-${colour}` } };
}

const usualHeaders = { 'user-agent': 'forge-smoke-test', 'cache-control': 'no-cache' };

type Answer = { status: number; body: string };

async function ask(
  url: string,
  method: SmokeTest['method'],
  asked: { dispatcher: Dispatcher; headers: Record<string, string>; signal: AbortSignal },
): Promise<Answer> {
  const response = await request(url, { ...asked, method, reset: true });
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
