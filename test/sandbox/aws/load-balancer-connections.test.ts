import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, LoadBalancerBench, listener } from './load-balancer-bench.ts';
import { answering } from './targets.ts';

describe('the load balancer’s connections', () => {
  let bench: LoadBalancerBench;
  beforeEach(() => {
    bench = new LoadBalancerBench();
  });
  afterEach(() => bench.end());

  it('streams both bodies', async () => {
    const echo = await bench.target((incoming, response) => incoming.pipe(response));
    const url = await bench.start({ one: [echo] });
    await bench.healthy(echo);

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
    const echo = await bench.target((incoming, response) => incoming.pipe(response));
    const url = await bench.start({ one: [echo] });
    await bench.healthy(echo);
    const large = 'x'.repeat(3_000_000);

    const answer = await fetch(url, { method: 'PUT', body: Readable.from([large]), duplex: 'half' });

    expect(await answer.text()).toBe(large);
  });

  it('keeps connections to clients and targets open between requests', async () => {
    const sockets = new Set<unknown>();
    const kept = await bench.target((incoming, response) => {
      sockets.add(incoming.socket);
      response.end('kept');
    });
    const url = await bench.start({ one: [kept] });
    await bench.healthy(kept);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    for (let sent = 0; sent < 5; sent += 1) await get(url, agent);

    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  it('tells the target where a request came from', async () => {
    const told = await bench.target((incoming, response) => {
      const { 'x-forwarded-for': client, 'x-forwarded-proto': proto, host } = incoming.headers;
      response.end(JSON.stringify({ client, proto, host }));
    });
    const url = await bench.start({ one: [told] });
    await bench.healthy(told);

    const answer = await fetch(url);

    expect(await answer.json()).toEqual({ client: '127.0.0.1', proto: 'http', host: new URL(url).host });
  });

  it('finishes what is in flight on a draining target and sends it nothing new', async () => {
    const finish = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const old = await bench.target((_incoming, response) => {
      arrived.resolve();
      void finish.promise.then(() => response.end('old'));
    });
    const next = await bench.target(answering('next'));
    const url = await bench.start({ one: [old] });
    await bench.healthy(old);
    const inFlight = fetch(url);
    await arrived.promise;

    bench.draining.add(old);
    bench.dataPlane.configure(bench.configuration({ one: [old, next] }));
    await bench.healthy(next);
    const answers = await ask(url, 5);
    finish.resolve();

    expect(answers).toEqual(Array(5).fill('next'));
    expect(await (await inFlight).text()).toBe('old');
  });

  it('takes a free port when the wanted one is taken', async () => {
    const one = await bench.target(answering('v1'));
    const wanted = bench.configuration({ one: [one] });
    const taken = wanted.listeners.map((entry) => ({ ...entry, port: one }));

    await bench.dataPlane.start({ ...wanted, listeners: taken });

    expect(bench.dataPlane.port(listener)).not.toBe(one);
  });
});

async function get(url: string, agent: Agent): Promise<string> {
  const sent = request(url, { agent });
  sent.end();
  const [response] = await once(sent, 'response');
  return await text(response);
}
