import type { IncomingMessage, ServerResponse } from 'node:http';
import { conductOf, type Influence } from './conduct.ts';
import type { Host } from './host.ts';
import type { Settings } from './settings.ts';

/** What the service answers, and how well: `adapt` changes that while it serves. */
export class Pages {
  readonly #settings: Settings;
  readonly #host: Host;
  #conduct;
  #requests = 0;
  /** Errors owed to the requests so far, percent: one is given at 100. */
  #owed = 0;

  constructor(settings: Settings, host: Host) {
    this.#settings = settings;
    this.#host = host;
    this.#conduct = conductOf(settings.behaviour, {});
  }

  adapt(influence: Influence): void {
    this.#conduct = conductOf(this.#settings.behaviour, influence);
    this.#requests = 0;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://service');
    // The second version of the API is the same as the first.
    const path = url.pathname.replace(/^\/v2(?=\/)/, '');
    if (path !== '/health') this.#requests += 1;
    if (this.#requests > this.#conduct.crashAfterRequests) {
      this.#host.exit(1);
      return;
    }
    switch (path) {
      case '/health':
        health(response, this.#settings);
        return;
      case '/version':
        version(response, this.#settings);
        return;
      case '/echo':
        request.pipe(response);
        return;
      case '/':
        this.#page(response, Number(url.searchParams.get('ms') ?? 0));
        return;
      default:
        response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
    }
  }

  #page(response: ServerResponse, workMs: number): void {
    const isError = this.#settings.behaviour === 'broken' || this.#isErrorDue();
    setTimeout(
      () => (isError ? error(response) : page(response, this.#settings)),
      workMs + this.#conduct.latencyMs,
    );
  }

  /** By turns instead of chance, so that few requests show the right share too. */
  #isErrorDue(): boolean {
    this.#owed += this.#conduct.errorPercent;
    if (this.#owed < 100) return false;
    this.#owed -= 100;
    return true;
  }
}

function health(response: ServerResponse, settings: Settings): void {
  const isHealthy = settings.behaviour !== 'unhealthy';
  response.writeHead(isHealthy ? 200 : 503, { 'content-type': 'text/plain' });
  response.end(isHealthy ? 'ok\n' : 'The queue is not reachable.\n');
}

function version(response: ServerResponse, settings: Settings): void {
  const { colour } = settings;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ version: toldVersion(settings), commit: toldCommit(settings), colour }));
}

function toldCommit({ behaviour, commit }: Settings): string {
  return behaviour === 'broken' || behaviour === 'wrong' ? 'unknown' : commit;
}

function toldVersion({ behaviour, version }: Settings): string {
  if (behaviour === 'broken') return 'unknown';
  return behaviour === 'wrong' ? 'v0.0.1' : version;
}

function page(response: ServerResponse, settings: Settings): void {
  if (settings.behaviour === 'stuck') return;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  const banner = settings.banner === '' ? '' : `<p role="status">${escaped(settings.banner)}</p>`;
  const heading = `<h1>${settings.version}</h1>`;
  response.end(`<!doctype html><title>${settings.environment}</title>${banner}${heading}\n`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function error(response: ServerResponse): void {
  response.writeHead(500, { 'content-type': 'text/plain' }).end('Something went wrong.\n');
}
