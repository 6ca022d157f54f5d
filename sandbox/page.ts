import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { Part } from './parts.ts';

const ROOT = new URL('./page/', import.meta.url);

const CONTENT_TYPES = new Map([
  ['ts', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

const HEADERS = {
  // Everything comes from here, nothing is written into the page itself; pictures may also be data.
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * The web page of the sandbox: `GET /` and everything under `/page/`. There is no build: a TypeScript module is
 * served with its types stripped when it is asked for, also under the ending `.js`; its imports keep `.ts`.
 */
export function createPage(): Part {
  return {
    handle: async (request, response, url) => {
      const path = pageFile(url.pathname);
      if (path === undefined) return false;
      // AWS clients post to the same address.
      if (url.pathname === '/' && request.method === 'POST') return false;
      await answer(request, response, path);
      return true;
    },
    stop: async () => undefined,
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...HEADERS, allow: 'GET, HEAD' }).end();
    return;
  }
  const content = await readPageFile(path);
  if (content === undefined) {
    response.writeHead(404, { ...HEADERS, 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: `The page has no file ${path}.` }));
    return;
  }
  const ending = path.slice(path.lastIndexOf('.') + 1);
  const type = CONTENT_TYPES.get(ending) ?? 'text/html; charset=utf-8';
  response.writeHead(200, { ...HEADERS, 'content-type': type });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** The file behind a path of the page, relative to its folder; undefined for a path that is not the page's. */
function pageFile(path: string): string | undefined {
  if (path === '/') return 'index.html';
  // Words and single slashes only: no dots but the ending's, so nothing outside the folder can be named.
  const asked = /^\/page\/((?:[a-z0-9_-]+\/)*[a-z0-9_-]+)\.(ts|js|css|svg)$/.exec(path);
  if (asked === null) return undefined;
  return `${asked[1]}.${asked[2] === 'js' ? 'ts' : asked[2]}`;
}

async function readPageFile(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(new URL(path, ROOT), 'utf8');
    return path.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`Could not serve sandbox/page/${path}`, { cause: error });
  }
}
