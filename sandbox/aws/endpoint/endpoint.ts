import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../faults.ts';
import { AwsError } from '../aws-error.ts';
import type { Scope } from '../names.ts';
import type { Context, Operation } from '../operation.ts';
import { accountOf, type Credential, readCredential } from './credential.ts';
import { jsonProtocol } from './json-protocol.ts';
import { type Protocol, protocols } from './protocol.ts';
import { readBody } from './read-body.ts';

type Endpoint = {
  operations: Record<string, Record<string, Operation>>;
  /** For access keys that name no account. */
  defaultAccount: string;
  faults: Faults;
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
  const protocol = credential === undefined ? jsonProtocol : protocols[credential.service];
  const reply = new Reply(response, protocol ?? jsonProtocol);
  try {
    if (credential === undefined) {
      const message = 'Request is missing Authentication Token';
      throw new AwsError('MissingAuthenticationToken', message, { status: 403 });
    }
    if (protocol === undefined) throw unknownOperation(jsonProtocol, credential.service);
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
  const target = request.headers['x-amz-target']?.toString();
  const { operation, input } = protocol.read(await readBody(request), target);
  const run = endpoint.operations[credential.service]?.[operation];
  if (run === undefined) throw unknownOperation(protocol, operation);
  const scope: Scope = {
    account: accountOf(credential) ?? endpoint.defaultAccount,
    region: credential.region,
  };
  const perform = () => reply.answer(operation, run(input, { ...endpoint.context, scope }));
  const fault = endpoint.faults.take(credential.service, operation);
  switch (fault?.kind) {
    case undefined:
      return perform();
    case 'slow':
      await sleep(fault.ms);
      return perform();
    case 'error':
      throw new AwsError(protocol.codes.internal, 'Service internal error', { status: 500 });
    case 'throttle':
      throw new AwsError(protocol.codes.throttled, 'Rate exceeded');
    case 'cut-before':
      request.socket.destroy();
      return;
    case 'cut-after':
      try {
        run(input, { ...endpoint.context, scope });
      } finally {
        request.socket.destroy();
      }
      return;
  }
}

function unknownOperation(protocol: Protocol, operation: string): AwsError {
  return new AwsError(protocol.codes.unknownOperation, `This sandbox does not know ${operation}`);
}

class Reply {
  readonly #response: ServerResponse;
  readonly #protocol: Protocol;
  readonly #requestId = randomUUID();

  constructor(response: ServerResponse, protocol: Protocol) {
    this.#response = response;
    this.#protocol = protocol;
  }

  answer(operation: string, output: object): void {
    this.#send(200, this.#protocol.answer(operation, output, this.#requestId));
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

  #send(status: number, { contentType, body }: { contentType: string; body: string }): void {
    if (this.#response.destroyed) return;
    const headers = { 'content-type': contentType, 'x-amzn-requestid': this.#requestId };
    this.#response.writeHead(status, headers).end(body);
  }
}
