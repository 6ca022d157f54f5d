import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Preview, SmokeTest } from '../src/domain/plan.ts';
import type { SmokeResult } from '../src/ports/smoke-probe.ts';
import { createSmokeProbe } from '../src/smoke-probe.ts';
import { portOf } from './aws/sandbox-aws.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

describe('a smoke probe', () => {
  it('passes when status and text are as expected', async () => {
    const result = await probe({ path: '/version', contains: 'v1.1.0' }, (_, response) => {
      response.end('{"version":"v1.1.0"}');
    });

    expect(result).toEqual({ kind: 'passed' });
  });

  it('says which status came instead', async () => {
    const result = await probe({ path: '/health' }, (_, response) => response.writeHead(503).end());

    expect(result).toEqual({ kind: 'failed', reason: 'GET /health answered 503 instead of 200' });
  });

  it('says which text is missing', async () => {
    const result = await probe({ path: '/version', contains: 'v1.1.0' }, (_, response) => {
      response.end('v1.0.0');
    });

    expect(result).toEqual({ kind: 'failed', reason: 'GET /version does not contain v1.1.0' });
  });

  it('does not follow a redirect', async () => {
    const result = await probe({ path: '/' }, (request, response) => {
      if (request.url === '/login') response.end();
      else response.writeHead(302, { location: '/login' }).end();
    });

    expect(result).toEqual({ kind: 'failed', reason: 'GET / answered 302 instead of 200' });
  });

  it('gives up a service that does not answer', async () => {
    const result = await probe({ path: '/' }, () => undefined);

    expect(result).toEqual({ kind: 'failed', reason: 'GET / got no answer within 0.3 s' });
  });

  it('gives up a service that does not end its answer', async () => {
    const result = await probe({ path: '/', contains: 'end' }, (_, response) => {
      response.write('beginning');
    });

    expect(result).toEqual({ kind: 'failed', reason: 'GET / got no answer within 0.3 s' });
  });

  it('says that the connection was cut', async () => {
    const result = await probe({ path: '/' }, (request) => request.socket.destroy());

    expect(result).toEqual({ kind: 'failed', reason: 'GET / failed: the connection was cut' });
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;

    const result = await createSmokeProbe()({ url, test: smokeTest({ path: '/' }) }, options());

    expect(result).toEqual({ kind: 'failed', reason: 'GET / failed: connection refused' });
  });

  it('reads only the beginning of an endless answer', async () => {
    const result = await probe({ path: '/', contains: 'needle' }, (_, response) => {
      response.write('needle');
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(more));
    });

    expect(result).toEqual({ kind: 'passed' });
  });

  it('asks with HEAD when the test says so', async () => {
    const result = await probe({ method: 'HEAD', path: '/' }, (request, response) => {
      response.writeHead(request.method === 'HEAD' ? 200 : 405).end();
    });

    expect(result).toEqual({ kind: 'passed' });
  });

  it('opens a connection of its own for every request', async () => {
    const connections = new Set<number | undefined>();
    const url = await serve((request, response) => {
      connections.add(request.socket.remotePort);
      response.end();
    });
    const ask = createSmokeProbe();

    await ask({ url, test: smokeTest({ path: '/' }) }, options());
    await ask({ url, test: smokeTest({ path: '/' }) }, options());

    expect(connections.size).toBe(2);
  });

  describe('through a preview', () => {
    const preview: Preview = { header: 'X-Forge-Preview', valueFrom: 'PREVIEW_TOKEN', colour: 'green' };

    it('sends the secret and the colour in the header', async () => {
      const result = await probePreview({ PREVIEW_TOKEN: 's3cret' });

      expect(result).toEqual({ kind: 'passed' });
    });

    it('sends no such header otherwise', async () => {
      const result = await probe({ path: '/' }, (request, response) => {
        response.writeHead(request.headers['x-forge-preview'] === undefined ? 200 : 404).end();
      });

      expect(result).toEqual({ kind: 'passed' });
    });

    it.each([undefined, ''])('says which variable is not set when it is %j', async (value) => {
      const result = await probePreview({ PREVIEW_TOKEN: value });

      expect(result).toEqual({
        kind: 'failed',
        reason:
          'GET / was not sent: the environment variable PREVIEW_TOKEN is not set. Set it to the secret of the preview rule, and start Forge again',
      });
    });

    it('says that the variable cannot be sent, without telling it', async () => {
      const result = await probePreview({ PREVIEW_TOKEN: 's3cret\n' });

      expect(result).toMatchObject({
        kind: 'failed',
        reason: expect.stringContaining('PREVIEW_TOKEN has spaces, line ends or special letters'),
      });
      expect(JSON.stringify(result)).not.toContain('s3cret');
    });

    it('does not tell the secret when the request fails', async () => {
      const url = await serve((request) => request.socket.destroy());
      const ask = createSmokeProbe({ secret: () => 's3cret' });

      const results = await Promise.all([
        ask({ url, test: smokeTest({}), preview }, options()),
        ask({ url, test: smokeTest({}), preview: { ...preview, header: 'no header' } }, options()),
      ]);

      expect(results.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
      expect(JSON.stringify(results)).not.toContain('s3cret');
    });

    async function probePreview(secrets: Record<string, string | undefined>): Promise<SmokeResult> {
      const url = await serve((request, response) => {
        response.writeHead(request.headers['x-forge-preview'] === 's3cret-green' ? 200 : 404).end();
      });
      const ask = createSmokeProbe({ secret: (name) => secrets[name] });
      return ask({ url, test: smokeTest({}), preview }, options());
    }
  });

  it('rejects with the reason of an abort', async () => {
    const reason = new Error('Ana aborted the deployment');
    const abort = new AbortController();
    const url = await serve(() => abort.abort(reason));

    const asked = createSmokeProbe()({ url, test: smokeTest({ path: '/' }) }, { signal: abort.signal });

    await expect(asked).rejects.toBe(reason);
  });
});

async function probe(test: Partial<SmokeTest>, listener: RequestListener): Promise<SmokeResult> {
  const url = await serve(listener);
  return createSmokeProbe({ timeLimit: 300 })({ url, test: smokeTest(test) }, options());
}

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(started.address())}`;
}

function smokeTest(test: Partial<SmokeTest>): SmokeTest {
  return { method: 'GET', path: '/', status: 200, ...test };
}

function options(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
