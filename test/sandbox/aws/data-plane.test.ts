import { once } from 'node:events';
import { Agent, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataPlane } from '../../../sandbox/aws/data-plane/data-plane.ts';
import type { Configuration, Rule, Target } from '../../../sandbox/aws/data-plane/messages.ts';
import { until } from './start-aws.ts';
import { answering, startTarget } from './targets.ts';

const listener = 'listener';
const fallback: Rule = { conditions: [], forward: [{ targetGroup: 'one', weight: 1 }] };

describe('the load balancer', () => {
  let dataPlane: DataPlane;
  let states: Map<number, string>;
  let servers: Server[];
  let draining: Set<number>;

  beforeEach(() => {
    states = new Map();
    servers = [];
    draining = new Set();
    dataPlane = new DataPlane(({ port, state }) => states.set(port, state));
  });

  afterEach(async () => {
    await dataPlane.stop();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('shares requests between target groups by weight', async () => {
    const blue = await target(answering('blue'));
    const green = await target(answering('green'));
    const weighted: Rule = {
      conditions: [],
      forward: [
        { targetGroup: 'one', weight: 75 },
        { targetGroup: 'two', weight: 25 },
      ],
    };
    const url = await start({ one: [blue], two: [green] }, [weighted]);
    await healthy(blue, green);

    const answers = await ask(url, 1_000);

    // Five standard deviations: one run in a million is outside.
    expect(answers.filter((answer) => answer === 'green').length).toBeGreaterThan(180);
    expect(answers.filter((answer) => answer === 'green').length).toBeLessThan(320);
    expect(new Set(answers)).toEqual(new Set(['blue', 'green']));
  });

  it('sends nothing to a target group of weight 0', async () => {
    const blue = await target(answering('blue'));
    const green = await target(answering('green'));
    const weighted: Rule = {
      conditions: [],
      forward: [
        { targetGroup: 'one', weight: 1 },
        { targetGroup: 'two', weight: 0 },
      ],
    };
    const url = await start({ one: [blue], two: [green] }, [weighted]);
    await healthy(blue, green);

    expect(new Set(await ask(url, 200))).toEqual(new Set(['blue']));
  });

  it('follows the first rule whose header matches', async () => {
    const live = await target(answering('live'));
    const preview = await target(answering('preview'));
    const rule: Rule = {
      conditions: [{ field: 'header', name: 'x-preview', values: ['secret'] }],
      forward: [{ targetGroup: 'two', weight: 1 }],
    };
    const url = await start({ one: [live], two: [preview] }, [rule, fallback]);
    await healthy(live, preview);

    const withHeader = await fetch(url, { headers: { 'x-preview': 'secret' } });
    const withAnother = await fetch(url, { headers: { 'x-preview': 'guess' } });

    expect(await withHeader.text()).toBe('preview');
    expect(await withAnother.text()).toBe('live');
  });

  it('takes the healthy targets of a group in turn', async () => {
    const first = await target(answering('first'));
    const second = await target(answering('second'));
    const sick = await target(answering('sick'), { isHealthy: false });
    const url = await start({ one: [first, second, sick] });
    await healthy(first, second);
    await until(async () => states.get(sick) === 'unhealthy');

    const answers = await ask(url, 10);

    expect(answers.toSorted()).toEqual([...Array(5).fill('first'), ...Array(5).fill('second')]);
  });

  it('tries sick targets when there are no others', async () => {
    const sick = await target(answering('sick'), { isHealthy: false });
    const url = await start({ one: [sick] });
    await until(async () => states.get(sick) === 'unhealthy');

    expect(await ask(url, 1)).toEqual(['sick']);
  });

  it('answers 503 when a group has no targets, though another has', async () => {
    const other = await target(answering('other'));
    const url = await start({ one: [], two: [other] });
    await expectFailure(url, 503);

    const { buckets } = await dataPlane.read(0);
    expect(buckets[0]).toMatchObject({ targetGroup: 'one', requests: 1, own: { 503: 1 }, answers: {} });
  });

  it('answers 502 once, without a second try, when the target resets the connection', async () => {
    let requests = 0;
    const resetting = await target((incoming) => {
      requests += 1;
      incoming.socket.destroy();
    });
    const url = await start({ one: [resetting] });
    await healthy(resetting);

    await expectFailure(url, 502);

    expect(requests).toBe(1);
    expect((await dataPlane.read(0)).buckets[0]).toMatchObject({ connectionErrors: 1, own: { 502: 1 } });
  });

  it('answers 502 when the target refuses the connection', async () => {
    const gone = await target(answering('gone'));
    const url = await start({ one: [gone] }, [fallback], { intervalMs: 60_000 });
    await healthy(gone);
    servers[0]?.closeAllConnections();
    servers[0]?.close();

    await expectFailure(url, 502);
  });

  it('answers 504 when the target says nothing for the idle timeout', async () => {
    const silent = await target(() => undefined);
    const url = await start({ one: [silent] });
    await healthy(silent);

    await expectFailure(url, 504);
  });

  it('counts an answer that breaks off as a failure', async () => {
    const breaking = await target((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100', 'x-version': 'v1' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    const url = await start({ one: [breaking] });
    await healthy(breaking);

    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();

    const readings = await dataPlane.read(0);
    expect(readings.totals[listener]).toEqual({ requests: 1, failures: 1 });
    expect(readings.buckets[0]).toMatchObject({ cut: 1, versions: { v1: 1 } });
  });

  it('does not blame the target for a client that leaves', async () => {
    const slow = await target((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    const url = new URL(await start({ one: [slow] }));
    await healthy(slow);

    const client = connect(Number(url.port), url.hostname);
    client.write(`GET / HTTP/1.1\r\nhost: ${url.host}\r\n\r\n`);
    await once(client, 'data');
    client.destroy();

    await until(async () => (await dataPlane.read(0)).totals[listener] !== undefined);
    expect((await dataPlane.read(0)).totals[listener]).toEqual({ requests: 1, failures: 0 });
  });

  it('streams both bodies', async () => {
    const echo = await target((incoming, response) => incoming.pipe(response));
    const url = await start({ one: [echo] });
    await healthy(echo);

    const sent = request(url, { method: 'POST' });
    const answered = once(sent, 'response');
    sent.write('first ');
    // The answer's beginning comes back before the request's end is sent.
    const [response] = await answered;
    sent.end('second');

    expect(response).toBeInstanceOf(Readable);
    expect(await text(response)).toBe('first second');
  });

  it('passes on an upload without a length', async () => {
    const echo = await target((incoming, response) => incoming.pipe(response));
    const url = await start({ one: [echo] });
    await healthy(echo);
    const large = 'x'.repeat(3_000_000);

    const answer = await fetch(url, { method: 'PUT', body: Readable.from([large]), duplex: 'half' });

    expect(await answer.text()).toBe(large);
  });

  it('keeps connections to clients and targets open between requests', async () => {
    const sockets = new Set<unknown>();
    const kept = await target((incoming, response) => {
      sockets.add(incoming.socket);
      response.end('kept');
    });
    const url = await start({ one: [kept] });
    await healthy(kept);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    for (let sent = 0; sent < 5; sent += 1) await get(url, agent);

    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  it('tells the target where a request came from', async () => {
    const told = await target((incoming, response) => {
      const { 'x-forwarded-for': client, 'x-forwarded-proto': proto, host } = incoming.headers;
      response.end(JSON.stringify({ client, proto, host }));
    });
    const url = await start({ one: [told] });
    await healthy(told);

    const answer = await fetch(url);

    expect(await answer.json()).toEqual({ client: '127.0.0.1', proto: 'http', host: new URL(url).host });
  });

  it('finishes what is in flight on a draining target and sends it nothing new', async () => {
    const finish = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const old = await target((_incoming, response) => {
      arrived.resolve();
      void finish.promise.then(() => response.end('old'));
    });
    const next = await target(answering('next'));
    const url = await start({ one: [old] });
    await healthy(old);
    const inFlight = fetch(url);
    await arrived.promise;

    draining.add(old);
    dataPlane.configure(configuration({ one: [old, next] }));
    await healthy(next);
    const answers = await ask(url, 5);
    finish.resolve();

    expect(answers).toEqual(Array(5).fill('next'));
    expect(await (await inFlight).text()).toBe('old');
  });

  it('does not count the sandbox’s own probes', async () => {
    const one = await target(answering('v1'));
    const url = await start({ one: [one] });
    await healthy(one);

    await fetch(url, { headers: { 'x-sandbox-probe': 'token' } });
    await fetch(url, { headers: { 'x-sandbox-probe': 'guess' } });

    const readings = await dataPlane.read(0);
    expect(readings.totals[listener]).toEqual({ requests: 1, failures: 0 });
    expect(readings.probes[0]).toMatchObject({ requests: 1, versions: { v1: 1 } });
  });

  it('comes back on the same port when its process is killed', async () => {
    const one = await target(answering('v1'));
    const url = await start({ one: [one] });
    await healthy(one);
    const { pid } = dataPlane;
    if (pid === undefined) throw new Error('The load balancer has no process');

    process.kill(pid, 'SIGKILL');
    await until(async () => (await answer(url)) === 'v1');

    expect(dataPlane.pid).not.toBe(pid);
  });

  it('takes a free port when the wanted one is taken', async () => {
    const one = await target(answering('v1'));
    const wanted = configuration({ one: [one] });
    const taken = wanted.listeners.map((entry) => ({ ...entry, port: one }));

    await dataPlane.start({ ...wanted, listeners: taken });

    expect(dataPlane.port(listener)).not.toBe(one);
  });

  async function target(serve: Parameters<typeof startTarget>[0], options: { isHealthy?: boolean } = {}) {
    const { server, port } = await startTarget(serve, options);
    servers.push(server);
    return port;
  }

  async function start(
    groups: Record<string, number[]>,
    rules: Rule[] = [fallback],
    check: { intervalMs?: number } = {},
  ): Promise<string> {
    await dataPlane.start(configuration(groups, rules, check));
    return `http://127.0.0.1:${dataPlane.port(listener)}/`;
  }

  function configuration(
    groups: Record<string, number[]>,
    rules: Rule[] = [fallback],
    { intervalMs = 30 }: { intervalMs?: number } = {},
  ): Configuration {
    const healthCheck = {
      path: '/health',
      intervalMs,
      timeoutMs: 2_000,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      codes: '200-299',
    };
    const toTarget = (port: number): Target => ({ host: '127.0.0.1', port, isDraining: draining.has(port) });
    return {
      probeToken: 'token',
      listeners: [{ arn: listener, port: 0, idleTimeoutMs: 300, rules }],
      targetGroups: Object.entries(groups).map(([arn, ports]) => ({
        arn,
        healthCheck,
        isUsed: true,
        targets: ports.map(toTarget),
      })),
    };
  }

  async function healthy(...ports: number[]): Promise<void> {
    await until(async () => ports.every((port) => states.get(port) === 'healthy'));
  }

  async function expectFailure(url: string, status: number): Promise<void> {
    expect((await fetch(url)).status).toBe(status);
    expect((await dataPlane.read(0)).totals[listener]).toEqual({ requests: 1, failures: 1 });
  }
});

async function ask(url: string, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let sent = 0; sent < times; sent += 1) answers.push(await (await fetch(url)).text());
  return answers;
}

async function answer(url: string): Promise<string> {
  try {
    return await (await fetch(url)).text();
  } catch {
    return 'nobody listens';
  }
}

async function get(url: string, agent: Agent): Promise<string> {
  const sent = request(url, { agent });
  sent.end();
  const [response] = await once(sent, 'response');
  return await text(response);
}
