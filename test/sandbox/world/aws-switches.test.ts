import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, Refused } from '../../../sandbox/client.ts';
import type { Launched } from '../../../sandbox/launch.ts';
import { eventually, launchWithStandIn } from './with-sandbox.ts';

let sandbox: Launched;
let client: Client;
beforeAll(async () => {
  sandbox = await launchWithStandIn();
  client = sandbox.client;
});
afterAll(() => sandbox.stop());

const staging = { service: 'api', environment: 'staging' };

describe('the switches of AWS', () => {
  it('are all off at first', async () => {
    expect((await client.aws()).settings).toMatchObject({
      latency: { minMs: 0, maxMs: 0 },
      staleReads: { services: [] },
      nodes: { count: 1 },
      metrics: { lag: { minMs: 0, maxMs: 0 }, growMs: 0 },
    });
  });

  it('change only what is given', async () => {
    await client.configureAws({ nodes: { count: 2 } });

    const { settings } = await client.configureAws({ latency: { minMs: 1, maxMs: 2 } });

    expect(settings).toMatchObject({
      nodes: { count: 2, lag: { minMs: 500, maxMs: 5_000 } },
      latency: { minMs: 1, maxMs: 2 },
    });
  });

  it.each([
    [{ nodes: { count: 3 } }, 'nodes.count'],
    [{ latency: { minMs: 5, maxMs: 2 } }, 'minMs must not be above maxMs'],
    [{ staleReads: { services: ['s3'] } }, 'staleReads.services.0'],
    [{ lag: 5 }, 'lag: there is no such field'],
  ])('refuse %j and name what is wrong', async (change, words) => {
    await expect(client.configureAws(change)).rejects.toThrow(words);
  });

  it('scale in nothing that is not registered, and know no other services', async () => {
    expect(await client.scaleIn(staging)).toEqual([
      { ecsService: 'api', outcome: 'not-scalable', from: 2, to: 2 },
    ]);
    await expect(client.scaleIn({ ...staging, service: 'none' })).rejects.toBeInstanceOf(Refused);
  });

  it('take a metric that nothing here measures, and refuse one that is measured', async () => {
    const level = {
      metric: 'DatabaseConnections',
      dimensions: { DBInstanceIdentifier: 'orders' },
      value: 12,
    };

    expect(await client.metric({ ...level, namespace: 'AWS/RDS' })).toMatchObject({ value: 12 });
    await expect(client.metric({ ...level, namespace: 'AWS/ECS' })).rejects.toThrow('is measured here');
  });
});

describe('the hands that only a sandbox has', () => {
  const production = { service: 'api', environment: 'production' };

  it('make a colour behave badly until that is ended', async () => {
    const bad = { ...production, colour: 'blue', errorPercent: 5 };

    expect(await client.behaviour(bad)).toEqual({ behaviours: [bad] });
    expect((await client.state()).switches.aws).toMatchObject({ behaviours: [bad] });
    expect(await client.behaviour({ ...bad, errorPercent: null })).toEqual({ behaviours: [] });
    await expect(client.behaviour({ ...bad, errorPercent: 101 })).rejects.toThrow('errorPercent');
    await expect(client.behaviour({ ...bad, service: 'none' })).rejects.toThrow('no service none');
  });

  it('slow down what every task depends on', async () => {
    expect(await client.dependency({ latencyMs: 50 })).toEqual({ latencyMs: 50 });
    expect((await client.aws()).settings).toMatchObject({ dependency: { latencyMs: 50 } });
    await expect(client.dependency({ latencyMs: -1 })).rejects.toThrow('latencyMs');
    await client.dependency({ latencyMs: 0 });
  });

  it('move weights behind Forge, which the load balancer follows', async () => {
    const moved = await client.weights({ ...production, blue: 0, green: 1 });

    expect(moved).toMatchObject([{ from: { blue: 100, green: 0 } }, { to: { blue: 0, green: 1 } }]);
    await eventually('green without tasks', async () => {
      const { services } = await client.state();
      const url = services.find(({ environment }) => environment === 'production')?.url ?? '';
      return (await fetch(url)).status === 503 ? true : undefined;
    });
    await client.weights({ ...production, blue: 100, green: 0 });
    await expect(client.weights({ ...staging, blue: 1, green: 1 })).rejects.toThrow('no two colours');
  });
});

describe('the picture of a service', () => {
  it('shows its load, its traffic and what its tasks do', async () => {
    await client.load({ ...staging, requestsPerSecond: 20 });

    const api = await eventually('traffic', async () =>
      (await client.state()).services.find(
        ({ name, environment, traffic }) =>
          name === 'api' && environment === 'staging' && traffic.some(({ requests }) => requests > 5),
      ),
    );

    expect(api.load).toBe(20);
    expect(api.traffic).toHaveLength(60);
    expect(api.tasks).toMatchObject([{ state: 'healthy' }, { state: 'healthy' }]);
    await client.load({ ...staging, requestsPerSecond: 0 });
  });
});
