import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { healthCheck } from './health.ts';
import type { Host, Running } from './host.ts';
import type { Settings } from './settings.ts';

/** Listens after `startMs`. When it is asked to end it stops accepting, finishes what is in flight and exits 0. */
export function startWeb(settings: Settings, host: Host): Running {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    response.setHeader('x-version', settings.version);
    open.add(response);
    response.on('close', () => open.delete(response));
    answer(request, response, settings);
  });
  // Longer than any load balancer keeps an idle connection, so that it is never the service that closes one
  // at the moment a request is sent on it.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;

  // As a process would: without its port the application cannot run.
  server.once('error', () => host.exit(1));

  const starting = setTimeout(() => server.listen(settings.port, '127.0.0.1'), settings.startMs);
  let tooLate: NodeJS.Timeout | undefined;
  host.onTerminate(() => {
    clearTimeout(starting);
    if (!server.listening) return host.exit(0);
    // Clients of kept connections must send their next request elsewhere.
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    server.close(() => host.exit(0));
    tooLate = setTimeout(() => host.exit(0), settings.stopLimitMs);
  });
  return {
    isHealthy: healthCheck(settings),
    kill() {
      clearTimeout(starting);
      clearTimeout(tooLate);
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, settings: Settings): void {
  const url = new URL(request.url ?? '/', 'http://service');
  switch (url.pathname) {
    case '/health':
      health(response, settings);
      return;
    case '/version':
      version(response, settings);
      return;
    case '/echo':
      request.pipe(response);
      return;
    case '/':
      setTimeout(() => page(response, settings), Number(url.searchParams.get('ms') ?? 0));
      return;
    default:
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
  }
}

function health(response: ServerResponse, settings: Settings): void {
  const isHealthy = settings.behaviour !== 'unhealthy';
  response.writeHead(isHealthy ? 200 : 503, { 'content-type': 'text/plain' });
  response.end(isHealthy ? 'ok\n' : 'The queue is not reachable.\n');
}

function version(response: ServerResponse, settings: Settings): void {
  const { commit, colour } = settings;
  const told = settings.behaviour === 'broken' ? 'unknown' : settings.version;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ version: told, commit, colour }));
}

function page(response: ServerResponse, settings: Settings): void {
  if (settings.behaviour === 'stuck') return;
  if (settings.behaviour === 'broken') {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('Something went wrong.\n');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>${settings.environment}</title><h1>${settings.version}</h1>\n`);
}
