import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPage } from '../../../sandbox/page.ts';

const page = createPage();
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  page.handle(request, response, url).then(
    (isHandled) => isHandled || response.writeHead(418).end(),
    (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
  );
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('the page', () => {
  it('forbids everything that does not come from the sandbox itself', async () => {
    const response = await fetch(origin);

    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('holds no script or style of its own', async () => {
    const html = await (await fetch(origin)).text();

    expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it.each(['/page/text/mrkdwn.ts', '/page/text/mrkdwn.js'])(
    'serves %s as JavaScript without types',
    async (path) => {
      const response = await fetch(`${origin}${path}`);
      const code = await response.text();

      expect(response.headers.get('content-type')).toContain('text/javascript');
      expect(code).toContain("from './inline.ts'");
      expect(code).not.toContain('import type');
    },
  );

  it('serves style sheets and pictures with their types', async () => {
    const types = await Promise.all(
      ['/page/style/theme.css', '/page/icon.svg', '/page/emoji/white_check_mark.svg'].map(async (path) => {
        const response = await fetch(`${origin}${path}`);
        return response.headers.get('content-type');
      }),
    );

    expect(types).toEqual(['text/css; charset=utf-8', 'image/svg+xml', 'image/svg+xml']);
  });

  it('says which file it does not have', async () => {
    const response = await fetch(`${origin}/page/nothing.css`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'The page has no file nothing.css.' });
  });

  it.each([
    '/page/..%2fparts.ts',
    '/page/%2e%2e/parts.ts',
    '/page/tsconfig.json',
    '/page//main.ts',
    '/sandbox/state',
  ])('leaves %s to others', async (path) => {
    const response = await fetch(`${origin}${path}`);

    expect(response.status).toBe(418);
  });

  it('refuses to be written to', async () => {
    const response = await fetch(`${origin}/page/main.ts`, { method: 'POST' });

    expect(response.status).toBe(405);
  });

  it('leaves a POST to the bare address to the AWS clients', async () => {
    const response = await fetch(origin, { method: 'POST' });

    expect(response.status).toBe(418);
  });
});
