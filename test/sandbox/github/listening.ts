import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhooks } from '@octokit/webhooks';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { WEBHOOK_SECRET } from '../../../sandbox/github/hooks/hook-settings.ts';
import { startGithub } from './start-github.ts';

const Body = z.looseObject({ action: z.string().optional() });
type Received = {
  event: string;
  guid: string;
  isSigned: boolean;
  body: z.output<typeof Body>;
};

/** A GitHub whose webhooks arrive in `received`. */
export async function listening() {
  const started = await startGithub();
  const verifier = new Webhooks({ secret: WEBHOOK_SECRET });
  const received: Received[] = [];
  const receive = async (request: IncomingMessage): Promise<Received> => {
    const { headers } = request;
    const body = await text(request);
    return {
      event: String(headers['x-github-event']),
      guid: String(headers['x-github-delivery']),
      isSigned: await verifier.verify(body, String(headers['x-hub-signature-256'])),
      body: Body.parse(JSON.parse(body)),
    };
  };
  const server = createServer((request, response) => {
    receive(request).then(
      (one) => {
        received.push(one);
        response.writeHead(202).end();
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { webhooks } = started.github;
  webhooks.change({ url: `http://127.0.0.1:${address.port}/github/webhook` });
  const events = async () => {
    await webhooks.settled();
    return received.map(({ event, body }) => (body.action === undefined ? event : `${event} ${body.action}`));
  };
  return { ...started, webhooks, received, events };
}
