import { createServer, type ServerResponse } from 'node:http';
import { healthCheck } from './health.ts';
import type { Host, Running } from './host.ts';
import { Pages } from './pages.ts';
import type { Settings } from './settings.ts';

/** Listens after `startMs`. When it is asked to end it stops accepting, finishes what is in flight and exits 0. */
export function startWeb(settings: Settings, host: Host): Running {
  const pages = new Pages(settings, host);
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    response.setHeader('x-version', settings.version);
    open.add(response);
    response.on('close', () => open.delete(response));
    pages.answer(request, response);
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
    adapt: (influence) => pages.adapt(influence),
    kill() {
      clearTimeout(starting);
      clearTimeout(tooLate);
      server.closeAllConnections();
      server.close();
    },
  };
}
