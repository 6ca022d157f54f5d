import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LoadBalancerBench, listener } from './load-balancer-bench.ts';
import { until } from './start-aws.ts';
import { answering } from './targets.ts';

describe('the load balancer', () => {
  let bench: LoadBalancerBench;
  beforeEach(() => {
    bench = new LoadBalancerBench();
  });
  afterEach(() => bench.end());

  it('answers 503 when a group has no targets, though another has', async () => {
    const other = await bench.target(answering('other'));
    const url = await bench.start({ one: [], two: [other] });
    await bench.expectFailure(url, 503);

    const { buckets } = await bench.readings();
    expect(buckets[0]).toMatchObject({ targetGroup: 'one', requests: 1, own: { 503: 1 }, answers: {} });
  });

  it('answers 502 once, without a second try, when the target resets the connection', async () => {
    let requests = 0;
    const resetting = await bench.target((incoming) => {
      requests += 1;
      incoming.socket.destroy();
    });
    const url = await bench.start({ one: [resetting] });
    await bench.healthy(resetting);

    await bench.expectFailure(url, 502);

    expect(requests).toBe(1);
    expect((await bench.readings()).buckets[0]).toMatchObject({ connectionErrors: 1, own: { 502: 1 } });
  });

  it('answers 502 when the target refuses the connection', async () => {
    const gone = await bench.target(answering('gone'));
    const url = await bench.start({ one: [gone] }, { intervalMs: 60_000 });
    await bench.healthy(gone);
    bench.servers[0]?.closeAllConnections();
    bench.servers[0]?.close();

    await bench.expectFailure(url, 502);
  });

  it('answers 504 when the target says nothing for the idle timeout', async () => {
    const silent = await bench.target(() => undefined);
    const url = await bench.start({ one: [silent] });
    await bench.healthy(silent);

    await bench.expectFailure(url, 504);
  });

  it('counts an answer that breaks off as a failure', async () => {
    const breaking = await bench.target((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100', 'x-version': 'v1' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    const url = await bench.start({ one: [breaking] });
    await bench.healthy(breaking);

    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();

    const readings = await bench.readings();
    expect(readings.totals[listener]).toEqual({ requests: 1, failures: 1 });
    expect(readings.buckets[0]).toMatchObject({ cut: 1, versions: { v1: 1 } });
  });

  it('does not blame the target for a client that leaves', async () => {
    const slow = await bench.target((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    const url = new URL(await bench.start({ one: [slow] }));
    await bench.healthy(slow);

    const client = connect(Number(url.port), url.hostname);
    client.write(`GET / HTTP/1.1\r\nhost: ${url.host}\r\n\r\n`);
    await once(client, 'data');
    client.destroy();

    await until(async () => (await bench.readings()).totals[listener] !== undefined);
    expect((await bench.readings()).totals[listener]).toEqual({ requests: 1, failures: 0 });
  });

  it('does not count the sandbox’s own probes', async () => {
    const one = await bench.target(answering('v1'));
    const url = await bench.start({ one: [one] });
    await bench.healthy(one);

    await fetch(url, { headers: { 'x-sandbox-probe': 'token' } });
    await fetch(url, { headers: { 'x-sandbox-probe': 'guess' } });

    const readings = await bench.readings();
    expect(readings.totals[listener]).toEqual({ requests: 1, failures: 0 });
    expect(readings.probes[0]).toMatchObject({ requests: 1, versions: { v1: 1 } });
  });

  it('comes back on the same port when its process is killed', async () => {
    const one = await bench.target(answering('v1'));
    const url = await bench.start({ one: [one] });
    await bench.healthy(one);
    const { pid } = bench.dataPlane;
    if (pid === undefined) throw new Error('The load balancer has no process');

    process.kill(pid, 'SIGKILL');
    await until(async () => (await answer(url)) === 'v1');

    expect(bench.dataPlane.pid).not.toBe(pid);
  });
});

async function answer(url: string): Promise<string> {
  try {
    return await (await fetch(url)).text();
  } catch {
    return 'nobody listens';
  }
}
