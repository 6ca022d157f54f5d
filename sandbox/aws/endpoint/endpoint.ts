import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../faults.ts';
import { AwsError } from '../aws-error.ts';
import type { Scope } from '../names.ts';
import type { Context, LongPoll, Operation } from '../operation.ts';
import type { Replicas } from '../replicas.ts';
import { within } from '../seeded-random.ts';
import type { AwsSettings } from '../settings.ts';
import type { World } from '../world.ts';
import { concernedAccount } from './concerned-account.ts';
import { accountOf, type Credential, readCredential } from './credential.ts';
import { type Protocol, plainProtocol, protocols } from './protocol.ts';
import { readBody } from './read-body.ts';
import { strike } from './strike.ts';

type Endpoint = {
  operations: Record<string, Record<string, Operation>>;
  /** What goes before an operation of a service that waits. */
  longPolls: Record<string, Record<string, LongPoll>>;
  /** For access keys that name no account, when the request tells none either. */
  defaultAccount: string;
  faults: Faults;
  replicas: Replicas;
  context: Omit<Context, 'scope'>;
};

/** Answers a request of an AWS client. False when it is none. */
export async function answerAws(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: Endpoint,
): Promise<boolean> {
  if (!looksLikeAws(request)) return false;
  const credential = readCredential(request);
  const protocol = credential === undefined ? plainProtocol : protocols[credential.service];
  const reply = new Reply(response, protocol ?? plainProtocol);
  try {
    if (credential === undefined) {
      const message = 'Request is missing Authentication Token';
      throw new AwsError('MissingAuthenticationToken', message, { status: 403 });
    }
    if (protocol === undefined) throw unknownOperation(plainProtocol, credential.service);
    await act(request, reply, { endpoint, credential, protocol });
  } catch (error) {
    reply.refuse(error);
  }
  return true;
}

function looksLikeAws(request: IncomingMessage): boolean {
  const { headers, method, url } = request;
  if (headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true) return true;
  return method === 'POST' && (url === '/' || url === '');
}

async function act(
  request: IncomingMessage,
  reply: Reply,
  call: { endpoint: Endpoint; credential: Credential; protocol: Protocol },
): Promise<void> {
  const { endpoint, credential, protocol } = call;
  const url = new URL(request.url ?? '/', 'http://aws');
  const target = request.headers['x-amz-target']?.toString();
  const { operation, input } = protocol.read(await readBody(request), {
    method: request.method ?? '',
    url,
    target,
  });
  const run = endpoint.operations[credential.service]?.[operation];
  if (run === undefined) throw unknownOperation(protocol, operation);
  const scope: Scope = {
    account:
      accountOf(credential) ?? concernedAccount(input, endpoint.context.world) ?? endpoint.defaultAccount,
    region: credential.region,
  };
  const longPoll = endpoint.longPolls[credential.service]?.[operation];
  const host = request.headers.host ?? 'localhost';
  const act = async () => {
    const { context } = endpoint;
    if (longPoll !== undefined && (await longPoll(input, { ...context, scope }, reply.gone)) === 'gone')
      return {};
    // Read after the waiting: an operation works on the world of the moment it is done.
    return run(input, { ...context, scope, host, world: worldFor(endpoint, credential, operation) });
  };
  const waitMs = latencyMs(endpoint.context.settings());
  if (waitMs > 0) await sleep(waitMs / 2);
  const fault = endpoint.faults.take(credential.service, operation);
  const answer = (output: object) => reply.answer(operation, output, waitMs / 2);
  await strike(fault, { act, answer, cut: () => request.socket.destroy() }, protocol.codes);
}

/** Reads may see the world as it was. */
function worldFor({ context, replicas }: Endpoint, { service }: Credential, operation: string): World {
  return /^(Describe|List|Get)/.test(operation) ? replicas.read(service) : context.world;
}

function latencyMs({ latency }: AwsSettings): number {
  return within(latency, Math.random());
}

function unknownOperation(protocol: Protocol, operation: string): AwsError {
  return new AwsError(protocol.codes.unknownOperation, `This sandbox does not know ${operation}`);
}

class Reply {
  readonly #response: ServerResponse;
  readonly #protocol: Protocol;
  readonly #requestId = randomUUID();
  readonly #gone = new AbortController();

  constructor(response: ServerResponse, protocol: Protocol) {
    this.#response = response;
    response.once('close', () => this.#gone.abort());
    this.#protocol = protocol;
  }

  /** Aborts when nobody waits for the answer any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Sends the answer after `delayMs`; it says what was true now. */
  answer(operation: string, output: object, delayMs: number): void {
    const wire = this.#protocol.answer(operation, output, this.#requestId);
    if (delayMs === 0) this.#send(200, wire);
    else setTimeout(() => this.#send(200, wire), delayMs);
  }

  refuse(error: unknown): void {
    if (error instanceof AwsError) {
      this.#send(error.status, this.#protocol.refuse(error, this.#requestId));
      return;
    }
    console.error('The sandbox of AWS failed', error);
    const code = this.#protocol.codes.internal;
    const refusal = { code, message: 'The sandbox failed; its log says why', fields: {} };
    this.#send(500, this.#protocol.refuse(refusal, this.#requestId));
  }

  #send(status: number, { contentType, body, headers }: ReturnType<Protocol['refuse']>): void {
    if (this.#response.destroyed) return;
    const all = { 'content-type': contentType, 'x-amzn-requestid': this.#requestId, ...headers };
    this.#response.writeHead(status, all).end(body);
  }
}
