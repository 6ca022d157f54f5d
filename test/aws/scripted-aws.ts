import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type AwsClients, createAwsClients } from '../../src/aws/clients.ts';
import { pointAwsAt, portOf } from './sandbox-aws.ts';

type Input = Record<string, unknown>;
/** The answer's body, or a refusal by AWS's own name. */
type Reply = object | { error: string; message: string; status?: number };
export type Script = Record<string, (input: Input) => Reply>;

export type ScriptedAws = {
  clients: AwsClients;
  /** What arrived, in order. */
  calls: { operation: string; input: Input }[];
  close(): Promise<void>;
};

/** An AWS that says what a test makes it say, for what the sandbox's world cannot get into. Only its JSON services. */
export async function startScriptedAws(script: Script): Promise<ScriptedAws> {
  const calls: ScriptedAws['calls'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = z.record(z.string(), z.unknown()).parse(JSON.parse(await bodyOf(request)));
    calls.push({ operation, input });
    const reply = script[operation]?.(input) ?? { error: 'UnknownOperation', message: operation };
    const isRefusal = 'error' in reply;
    const status = 'status' in reply && typeof reply.status === 'number' ? reply.status : 400;
    response.writeHead(isRefusal ? status : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isRefusal ? { __type: reply.error, ...reply } : reply));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pointAwsAt(portOf(server.address()));
  const clients = createAwsClients();
  return {
    clients,
    calls,
    async close() {
      clients.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}
