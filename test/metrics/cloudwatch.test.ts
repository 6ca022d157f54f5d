import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Series } from '../../src/domain/gates/index.ts';
import { createCloudWatchMetrics } from '../../src/metrics/cloudwatch.ts';
import { api, startTwoColouredAws, type TwoColouredAws, twoColouredPolicy } from '../aws/two-coloured-aws.ts';
import { eventually } from '../eventually.ts';

const second = 1_000;
const place = { service: api.service, environment: api.environment };
const preview = { headers: { 'X-Forge-Preview': 'secret' } };
const options = { signal: new AbortController().signal };

describe('the metrics of a service in colours', () => {
  let world: TwoColouredAws;
  let url: string;
  let from: number;
  beforeAll(async () => {
    world = await startTwoColouredAws();
    url = (await world.aws.services())[0]?.url ?? '';
  });
  beforeEach(async () => {
    // A second of its own, so that no test counts the requests of the one before.
    from = await nextSecond();
  });
  afterEach(() => {
    world.aws.change({ metrics: { lag: { minMs: 0, maxMs: 0 }, growMs: 0 }, behaviours: [] });
  });
  afterAll(() => world.close());

  it('tell the colours apart, and the load balancer from both', async () => {
    await ask(url, 12);
    await ask(url, 3, preview);

    const seen = await eventually(async () => {
      const { blue, green, balancer } = await measure();
      return sum(balancer.requests) === 15
        ? { blue: sum(blue.requests), green: sum(green.requests) }
        : undefined;
    });

    expect(seen).toEqual({ blue: 12, green: 3 });
  });

  it('count the errors of a colour, and those the load balancer makes', async () => {
    world.aws.behave({ ...place, colour: 'green', errorPercent: 100 });
    await ask(url, 5, preview);
    await ask(`${url}/no-such-page`, 2, preview);

    const { blue, green, balancer } = await eventually(async () => {
      const measured = await measure();
      return sum(measured.green.requests) === 7 ? measured : undefined;
    });

    expect(sum(green.target5xx) + sum(green.target4xx)).toBe(7);
    expect(sum(green.target5xx)).toBeGreaterThanOrEqual(5);
    expect([blue.target5xx, blue.target4xx, balancer.elb5xx, green.connectionErrors]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it('count what ends without any answer of the colour', async () => {
    world.aws.behave({ ...place, colour: 'green', crashAfterRequests: 0 });
    await ask(url, 1, preview);

    const seen = await eventually(async () => {
      const { green, balancer } = await measure();
      return sum(balancer.elb5xx) > 0 ? { elb5xx: sum(balancer.elb5xx), own: green.target5xx } : undefined;
    });

    expect(seen).toEqual({ elb5xx: 1, own: [] });
  });

  it('give latencies in milliseconds', async () => {
    await ask(`${url}?ms=120`, 1);

    const { blue } = await eventually(async () => {
      const measured = await measure();
      return sum(measured.blue.requests) === 1 ? measured : undefined;
    });

    expect(blue.p95Ms).toHaveLength(1);
    expect(blue.p95Ms[0]?.value).toBeGreaterThanOrEqual(118);
    expect(blue.p95Ms[0]?.value).toBeLessThan(30_000);
    expect(blue.p99Ms).toEqual(blue.p95Ms);
  });

  it('give the percentiles of the whole window, not only of each bucket', async () => {
    from = await nextSecond(6);
    await ask(`${url}?ms=150`, 1);
    await nextSecond();
    await ask(url, 30);

    const { blue, green } = await eventually(async () => {
      const measured = await measure({ percentilesUntil: from + 6 * second });
      return sum(measured.blue.requests) === 31 ? measured : undefined;
    });

    expect(blue.p99Ms.length).toBeGreaterThan(1);
    expect(blue.windowP99Ms).toBe(Math.max(...blue.p99Ms.map(({ value }) => value)));
    expect(blue.windowP95Ms).toBeLessThan(148);
    expect(green).not.toHaveProperty('windowP95Ms');
  });

  it('are one point a bucket, ascending, at its start', async () => {
    await ask(url, 1);
    await nextSecond();
    await ask(url, 1);

    const { blue } = await eventually(async () => {
      const measured = await measure();
      return sum(measured.blue.requests) === 2 ? measured : undefined;
    });

    const times = blue.requests.map(({ at }) => at);
    expect(times).toHaveLength(2);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times.every((at) => at % second === 0 && at >= from)).toBe(true);
  });

  it('leave out what did not happen, and still count the hosts', async () => {
    const { blue, green } = await eventually(async () => {
      const measured = await measure();
      return measured.blue.healthyHosts.length > 0 ? measured : undefined;
    });

    expect([blue.requests, green.requests, green.p95Ms, green.target5xx]).toEqual([[], [], [], []]);
    expect(blue.healthyHosts.every(({ value }) => value === 1)).toBe(true);
  });

  it('do not show a bucket before AWS has published it', async () => {
    world.aws.change({ metrics: { lag: { minMs: 60_000, maxMs: 60_000 }, growMs: 0 } });
    await ask(url, 4);
    await nextSecond();
    await nextSecond();

    const early = await measure();
    world.aws.change({ metrics: { lag: { minMs: 0, maxMs: 0 }, growMs: 0 } });
    const late = await eventually(async () => sum((await measure()).blue.requests) === 4);

    expect({ early: early.blue.requests, late }).toEqual({ early: [], late: true });
  });

  it('count the connections of the database the policy names', async () => {
    const dimensions = { DBInstanceIdentifier: 'orders' };
    const level = { namespace: 'AWS/RDS', metric: 'DatabaseConnections', dimensions, value: 42 };
    world.aws.level({ region: api.region, ...level });

    const database = await eventually(async () => {
      const measured = await measure({}, { database: { instance: 'orders', maxConnections: 100 } });
      return measured.database?.connections.length === 0 ? undefined : measured.database;
    });

    expect(database.max).toBe(100);
    expect(database.connections[0]?.value).toBe(42);
    expect(await measure()).not.toHaveProperty('database');
  });

  function measure(
    request: { percentilesUntil?: number } = {},
    change: Parameters<typeof twoColouredPolicy>[0] = {},
  ) {
    const metrics = createCloudWatchMetrics({ policy: twoColouredPolicy(change), clients: world.clients });
    return metrics.measure(api, { from, until: Date.now() + second, periodSeconds: 1, ...request }, options);
  }
});

async function ask(url: string, times: number, init: RequestInit = {}): Promise<void> {
  for (let sent = 0; sent < times; sent += 1) await (await fetch(url, init)).text();
}

/** Resolves when a new second has begun, one that is a multiple of so many, with its start. */
async function nextSecond(multiple = 1): Promise<number> {
  const next = (Math.floor(Date.now() / second / multiple) + 1) * multiple * second;
  await eventually(() => Date.now() >= next);
  return next;
}

function sum(series: Series): number {
  return series.reduce((total, { value }) => total + value, 0);
}
