import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../aws/start-aws.ts';

const script = fileURLToPath(new URL('../../../sandbox/sample-service/service.ts', import.meta.url));

describe('the sample service', () => {
  let service: ChildProcess;
  afterEach(() => {
    service.kill('SIGKILL');
  });

  it('says which version it is on every answer', async () => {
    const url = await start({ VERSION: 'v1.1.0', COMMIT: 'abc', COLOUR: 'blue' });

    const page = await fetch(url);
    const version = await fetch(`${url}/version`);
    const missing = await fetch(`${url}/missing`);

    expect(await version.json()).toEqual({ version: 'v1.1.0', commit: 'abc', colour: 'blue' });
    for (const answer of [page, version, missing]) expect(answer.headers.get('x-version')).toBe('v1.1.0');
    expect(missing.status).toBe(404);
  });

  it('shows the banner of its commit, and no markup in it', async () => {
    const url = await start({ VERSION: 'v1.1.0', BANNER: 'Free <b>delivery</b>' });

    const page = await (await fetch(url)).text();

    expect(page).toContain('<p role="status">Free &lt;b&gt;delivery&lt;/b&gt;</p>');
  });

  it('shows no banner where its commit has none', async () => {
    const url = await start({ VERSION: 'v1.1.0' });

    expect(await (await fetch(url)).text()).not.toContain('role="status"');
  });

  it('does what its commit says, whatever its version is called', async () => {
    const url = await start({ VERSION: 'v1.1.0', COMMIT: 'abc', BEHAVIOUR: 'wrong' });

    const answer = await fetch(`${url}/version`);

    expect(await answer.json()).toMatchObject({ version: 'v0.0.1', commit: 'unknown' });
  });

  it('finishes what is in flight after SIGTERM, takes nothing new and exits 0', async () => {
    const url = await start({ VERSION: 'v1.1.0' });
    const agent = new Agent({ keepAlive: true });
    const exit = once(service, 'exit');
    const inFlight = get(`${url}/?ms=400`, agent);
    await until(async () => (await connections(agent)) === 1);
    await fetch(`${url}/version`);

    service.kill('SIGTERM');
    await until(async () => !(await isListening(url)));
    const answer = await inFlight;

    expect(answer.statusCode).toBe(200);
    expect(await exit).toEqual([0, null]);
  });

  it('tells clients of kept connections to go while it stops', async () => {
    const url = await start({ VERSION: 'v1.1.0', STOP_LIMIT_MS: '3000' });
    const agent = new Agent({ keepAlive: true });
    const slow = request(`${url}/echo`, { agent, method: 'POST' });
    slow.write('in flight');
    const [response]: IncomingMessage[] = await once(slow, 'response');
    const second = get(`${url}/?ms=300`, agent);
    await until(async () => (await connections(agent)) === 2);
    await fetch(`${url}/version`);

    service.kill('SIGTERM');

    expect((await second).headers.connection).toBe('close');
    const exit = once(service, 'exit');
    response?.resume();
    slow.end();
    expect(await exit).toEqual([0, null]);
  });

  it('answers 500 on its page and a wrong version when it is broken, but is healthy', async () => {
    const url = await start({ VERSION: 'v1.2.3-broken' });

    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(url)).status).toBe(500);
    expect(await (await fetch(`${url}/version`)).json()).toMatchObject({ version: 'unknown' });
  });

  it.each([
    ['v1.3.0-errors', 5],
    ['v1.3.5-hotfix', 3],
  ])('answers some pages of %s with 500, and is healthy', async (VERSION, errors) => {
    const url = await start({ VERSION });
    const statuses: number[] = [];

    for (let asked = 0; asked < 100; asked += 1) statuses.push((await fetch(url)).status);

    expect(statuses.filter((status) => status === 500)).toHaveLength(errors);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it.each([
    ['v1.3.1-slow', 1_000],
    ['v1.3.4-slower', 300],
  ])('answers the pages of %s late', async (VERSION, lateMs) => {
    const url = await start({ VERSION });
    const startedAt = performance.now();

    expect((await fetch(url)).status).toBe(200);

    // Timers may be a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(lateMs - 5);
  });

  it('tells another version when it is the wrong one', async () => {
    const url = await start({ VERSION: 'v1.3.3-wrong' });

    expect(await (await fetch(`${url}/version`)).json()).toMatchObject({ version: 'v0.0.1' });
  });

  it('ends at the request after the tenth when it loops in crashes, health checks not counted', async () => {
    const url = await start({ VERSION: 'v1.3.2-crashloop' });
    const exit = once(service, 'exit');
    for (let asked = 0; asked < 10; asked += 1) {
      await fetch(`${url}/health`);
      expect((await fetch(url)).status).toBe(200);
    }

    await expect(fetch(url)).rejects.toThrow();

    expect(await exit).toEqual([1, null]);
  });

  it('serves as it is told while it runs, and as its image does when that ends', async () => {
    const url = await start({ VERSION: 'v1.1.0' });

    service.send({ influence: { errorPercent: 100 } });
    await until(async () => (await fetch(url)).status === 500);
    service.send({ influence: {} });

    await until(async () => (await fetch(url)).status === 200);
  });

  it('answers the second version of its API like the first', async () => {
    const url = await start({ VERSION: 'v1.1.0' });

    expect(await (await fetch(`${url}/v2/version`)).json()).toMatchObject({ version: 'v1.1.0' });
    expect((await fetch(`${url}/v2/`)).status).toBe(200);
  });

  it('fails its health check when it is unhealthy', async () => {
    const url = await start({ VERSION: 'v1.2.2-unhealthy' });

    expect((await fetch(`${url}/health`)).status).toBe(503);
  });

  it('exits 1 when it crashes while starting', async () => {
    spawnService({ VERSION: 'v1.2.0-crash' });

    expect(await once(service, 'exit')).toEqual([1, null]);
  });

  it('fails the migration of an unmigrated version', async () => {
    spawnService({ VERSION: 'v1.3.0-unmigrated' }, ['npm', 'run', 'migrate']);

    expect(await once(service, 'exit')).toEqual([1, null]);
  });

  it('ends when whoever started it is gone', async () => {
    await start({ VERSION: 'v1.0.0' });
    const exit = once(service, 'exit');

    service.disconnect();

    expect(await exit).toEqual([0, null]);
  });

  function spawnService(variables: Record<string, string>, words: string[] = []): void {
    const env = { PATH: process.env.PATH, START_MS: '20', ...variables };
    service = spawn(process.execPath, [script, ...words], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  async function start(variables: Record<string, string>): Promise<string> {
    const port = await freePort();
    spawnService({ ...variables, PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    await until(() => isListening(url));
    return url;
  }
});

async function isListening(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/health`);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function connections(agent: Agent): Promise<number> {
  const sockets = Object.values(agent.sockets).flatMap((list) => list ?? []);
  return sockets.filter(({ connecting }) => !connecting).length;
}

async function get(url: string, agent: Agent): Promise<IncomingMessage> {
  const sent = request(url, { agent });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response;
}
