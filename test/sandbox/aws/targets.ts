import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** A target of a load balancer: healthy on `/health`, whatever `serve` does elsewhere. */
export async function startTarget(
  serve: RequestListener,
  options: { isHealthy?: boolean } = {},
): Promise<{ server: Server; port: number }> {
  const { isHealthy = true } = options;
  const server = createServer((request, response) => {
    if (request.url === '/health') response.writeHead(isHealthy ? 200 : 500).end();
    else serve(request, response);
  });
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The target has no port');
  return { server, port: address.port };
}

export function answering(version: string): RequestListener {
  return (_request, response) => response.writeHead(200, { 'x-version': version }).end(version);
}
