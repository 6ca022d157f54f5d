import type { IncomingHttpHeaders } from 'node:http';

/**
 * Why a request can't be from this machine's own user, or undefined. A page of another site could send requests to
 * 127.0.0.1 (its `Origin` gives it away), or point its own name there (its `Host` does).
 */
export function foreignHost(headers: IncomingHttpHeaders, port: number): string | undefined {
  const isOurs = headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
  if (isOurs) return undefined;
  return `The sandbox answers only as 127.0.0.1:${port} or localhost:${port}, not as "${headers.host ?? ''}".`;
}

/** Programs send no `Origin`; a browser's must be the page of this sandbox. */
export function foreignOrigin(headers: IncomingHttpHeaders): string | undefined {
  if (headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`) return undefined;
  return `The sandbox takes no requests from pages of ${headers.origin}.`;
}
