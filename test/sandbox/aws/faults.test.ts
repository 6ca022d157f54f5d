import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { callScaling } from './scaling.ts';
import { startAws, type TestAws } from './start-aws.ts';

const calls: {
  service: string;
  throttled: string;
  internal: string;
  call: (world: TestAws, patience?: { abortSignal?: AbortSignal }) => Promise<unknown>;
}[] = [
  {
    service: 'ecs',
    throttled: 'ThrottlingException',
    internal: 'ServerException',
    call: ({ ecs }, patience) =>
      ecs.send(new DescribeServicesCommand({ cluster: 'forge-staging', services: ['api'] }), patience),
  },
  {
    service: 'ecr',
    throttled: 'ThrottlingException',
    internal: 'ServerException',
    call: ({ ecr }, patience) => ecr.send(new DescribeRepositoriesCommand({}), patience),
  },
  {
    service: 'elasticloadbalancing',
    throttled: 'Throttling',
    internal: 'InternalFailure',
    call: ({ elb }, patience) => elb.send(new DescribeTargetGroupsCommand({}), patience),
  },
  {
    service: 'monitoring',
    throttled: 'Throttling',
    internal: 'InternalServiceFault',
    call: ({ cloudWatch }, patience) => cloudWatch.send(anyMetric, patience),
  },
  {
    service: 'application-autoscaling',
    throttled: 'ThrottlingException',
    internal: 'InternalServiceException',
    call: (world, patience) =>
      callScaling(world, 'DescribeScalableTargets', { ServiceNamespace: 'ecs' }, patience?.abortSignal),
  },
];

const anyMetric = new GetMetricDataCommand({
  StartTime: new Date(0),
  EndTime: new Date(),
  MetricDataQueries: [
    {
      Id: 'q',
      MetricStat: {
        Metric: { Namespace: 'AWS/RDS', MetricName: 'DatabaseConnections' },
        Period: 60,
        Stat: 'Sum',
      },
    },
  ],
});

describe.each(calls)('a fault of $service', ({ service, throttled, internal, call }) => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
  });
  afterEach(() => world.faults.set([]));
  afterAll(() => world.stop());

  it('throttles in its own words', async () => {
    strike('throttle');

    await expect(call(world)).rejects.toMatchObject(named(throttled));
  });

  it('fails inside in its own words', async () => {
    strike('error');

    await expect(call(world)).rejects.toMatchObject({
      ...named(internal),
      $metadata: { httpStatusCode: 500 },
    });
  });

  it('fails inside after it has acted', async () => {
    strike('error-after');

    await expect(call(world)).rejects.toMatchObject(named(internal));
  });

  it.each(['cut-before', 'cut-after'] as const)('breaks the connection: %s', async (kind) => {
    strike(kind);

    await expect(call(world)).rejects.toThrow(/hang up|ECONNRESET|fetch failed/);
  });

  it('answers nothing until the caller gives up', async () => {
    strike('hang');

    await expect(call(world, { abortSignal: AbortSignal.timeout(300) })).rejects.toThrow(/abort|timeout/i);
  });

  it('acts late', async () => {
    strike('slow', { ms: 250 });
    const startedAt = performance.now();

    await call(world);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(245);
  });

  it('strikes the calls it was told to, and no others', async () => {
    strike('throttle', { nth: 2, times: 1 });

    await call(world);
    await expect(call(world)).rejects.toMatchObject(named(throttled));
    await call(world);
  });

  function strike(kind: Fault['kind'], more: Partial<Fault> = {}): void {
    world.faults.set([Fault.parse({ service, operation: '*', kind, ...more })]);
  }
});

/** The name on the wire; the SDK's class may be called otherwise. */
function named(code: string): object {
  return { name: expect.stringContaining(code) };
}

describe('the latency of all operations', () => {
  it('delays every answer by what was set', async () => {
    const world = await startAws({ running: 'in-process' });
    world.aws.change({ latency: { minMs: 200, maxMs: 250 } });
    const startedAt = performance.now();

    for (const { call } of calls.slice(0, 3)) await call(world);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(3 * 195);
    await world.stop();
  });
});
