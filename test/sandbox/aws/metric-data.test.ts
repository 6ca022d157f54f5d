import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './load-balancer-bench.ts';
import { type Asked, blue, count, green, LoadBalancer, metricQuery, stat } from './metric-queries.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

const requests = 12;

describe('GetMetricData', () => {
  let world: TestAws;
  /** The window in which the requests below were served. */
  let StartTime: Date;
  let EndTime: Date;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours() });
    const url = await publicUrl(world);
    StartTime = new Date();
    await ask(url, requests - 1);
    await ask(`${url}?ms=120`, 1);
    await until(async () => (await sumOf('RequestCount')) === requests);
    EndTime = new Date(Date.now() + 1_000);
  });
  afterAll(() => world.stop());

  it('sums the requests that were really served', async () => {
    expect(await sumOf('RequestCount')).toBe(requests);
  });

  it('counts by target group, and only where something was sent', async () => {
    expect(await sumOf('RequestCount', blue)).toBe(requests);
    expect(await sumOf('HTTPCode_Target_2XX_Count', blue)).toBe(requests);
    expect((await valuesOf(count('RequestCount', green))).Values).toEqual([]);
  });

  it('has no datapoint for what did not happen', async () => {
    expect((await valuesOf(count('HTTPCode_Target_5XX_Count', blue))).Values).toEqual([]);
    expect((await valuesOf(count('HTTPCode_ELB_5XX_Count'))).Values).toEqual([]);
    expect((await valuesOf(count('TargetConnectionErrorCount'))).Values).toEqual([]);
  });

  it('takes one request as one value of 1', async () => {
    for (const stat of ['Average', 'Minimum', 'Maximum', 'p99']) {
      expect((await valuesOf({ ...count('RequestCount'), stat })).Values).toEqual([1]);
    }
    expect((await valuesOf({ ...count('RequestCount'), stat: 'SampleCount' })).Values).toEqual([requests]);
  });

  it('gives response times in seconds, with percentiles', async () => {
    const [highest] = (await valuesOf(stat('TargetResponseTime', 'Maximum'))).Values ?? [];
    const [p99] = (await valuesOf(stat('TargetResponseTime', 'p99.9'))).Values ?? [];
    const [median] = (await valuesOf(stat('TargetResponseTime', 'p50'))).Values ?? [];

    expect(highest).toBeGreaterThanOrEqual(0.118);
    expect(p99).toBe(highest);
    expect(median).toBeLessThan(0.118);
  });

  it('reports healthy hosts without any traffic', async () => {
    const healthy = await valuesOf(stat('HealthyHostCount', 'Maximum', green));
    const sick = await valuesOf(stat('UnHealthyHostCount', 'Minimum', green));

    expect(healthy.Values).toEqual([1]);
    expect(sick.Values).toEqual([0]);
  });

  it('counts connections of the load balancer', async () => {
    expect((await valuesOf(stat('NewConnectionCount', 'Sum'))).Values?.[0]).toBeGreaterThan(0);
    expect((await valuesOf(stat('ActiveConnectionCount', 'Maximum'))).Values?.[0]).toBeGreaterThan(0);
  });

  it('needs the exact set of dimensions', async () => {
    const query = metricQuery('exact', count('RequestCount'));
    const { Metric } = query.MetricStat ?? {};
    const other = { ...query, MetricStat: { ...query.MetricStat, Metric: { ...Metric, Dimensions: [] } } };

    const [result] = (await ask60s({ MetricDataQueries: [as(other)] })).MetricDataResults ?? [];

    expect(result?.Values).toEqual([]);
  });

  it('answers with the newest first unless asked otherwise, and aligns periods', async () => {
    const query = metricQuery('hosts', { ...stat('HealthyHostCount', 'Minimum', blue), period: 1 });

    const falling = await ask60s({ MetricDataQueries: [query] });
    const rising = await ask60s({ MetricDataQueries: [query], ScanBy: 'TimestampAscending' });

    const times = (falling.MetricDataResults?.[0]?.Timestamps ?? []).map((time) => time.getTime());
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect(times.every((time) => time % 1_000 === 0)).toBe(true);
    expect(rising.MetricDataResults?.[0]?.Timestamps?.[0]?.getTime()).toBe(times.at(-1));
  });

  it('leaves out a period that begins at the end', async () => {
    const end = new Date(Math.floor(StartTime.getTime() / 1_000) * 1_000);
    const answer = await world.cloudWatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [metricQuery('q', { ...count('RequestCount'), period: 1 })],
        StartTime: new Date(end.getTime() - 60_000),
        EndTime: end,
      }),
    );

    expect(answer.MetricDataResults?.[0]?.Values).toEqual([]);
  });

  it('keeps the order of the queries and gives each its status', async () => {
    const queries = ['zeta', 'alpha', 'mid'].map((id) => metricQuery(id, count('RequestCount')));

    const answer = await ask60s({ MetricDataQueries: queries });

    expect(answer.MetricDataResults).toMatchObject([
      { Id: 'zeta', Label: 'RequestCount', StatusCode: 'Complete' },
      { Id: 'alpha', StatusCode: 'Complete' },
      { Id: 'mid', StatusCode: 'Complete' },
    ]);
  });

  it('pages by datapoints, and says so', async () => {
    const query = metricQuery('hosts', { ...stat('HealthyHostCount', 'Minimum', blue), period: 1 });
    await until(
      async () =>
        ((await ask60s({ MetricDataQueries: [query] })).MetricDataResults?.[0]?.Values?.length ?? 0) >= 2,
    );

    const first = await ask60s({ MetricDataQueries: [query], MaxDatapoints: 1 });
    const second = await ask60s({ MetricDataQueries: [query], MaxDatapoints: 1, NextToken: first.NextToken });

    expect(first.MetricDataResults).toMatchObject([{ StatusCode: 'PartialData', Values: [1] }]);
    const [before] = first.MetricDataResults?.[0]?.Timestamps ?? [];
    const [after] = second.MetricDataResults?.[0]?.Timestamps ?? [];
    expect(after?.getTime()).toBeLessThan(before?.getTime() ?? 0);
  });

  it('works simple expressions out, filling what is missing', async () => {
    const answer = await ask60s({
      MetricDataQueries: [
        { ...metricQuery('e5', count('HTTPCode_Target_5XX_Count', blue)), ReturnData: false },
        { ...metricQuery('req', count('RequestCount', blue)), ReturnData: false },
        { Id: 'percent', Expression: '100 * FILL(e5, 0) / req' },
        { Id: 'missing', Expression: 'e5 / req' },
      ],
    });

    expect(answer.MetricDataResults).toMatchObject([
      { Id: 'percent', Values: [0] },
      { Id: 'missing', Values: [] },
    ]);
  });

  it('finds nothing when another unit is asked for', async () => {
    const query = metricQuery('q', count('RequestCount'));
    const MetricDataQueries = [as({ ...query, MetricStat: { ...query.MetricStat, Unit: 'Seconds' } })];

    expect((await ask60s({ MetricDataQueries })).MetricDataResults?.[0]?.Values).toEqual([]);
  });

  it('answers the older call and lists what it measured', async () => {
    const Dimensions = [{ Name: 'LoadBalancer', Value: LoadBalancer }];
    const metric = { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount' };

    const statistics = await world.cloudWatch.send(
      new GetMetricStatisticsCommand({
        ...metric,
        Dimensions,
        StartTime,
        EndTime,
        Period: 3_600,
        Statistics: ['Sum', 'Average'],
        ExtendedStatistics: ['p90'],
      }),
    );
    const { Metrics } = await world.cloudWatch.send(new ListMetricsCommand({ ...metric, Dimensions }));

    expect(statistics.Datapoints).toMatchObject([
      { Sum: requests, Average: 1, Unit: 'Count', ExtendedStatistics: { p90: 1 } },
    ]);
    expect(Metrics).toHaveLength(2);
  });

  it('reports what a service’s tasks use, in percent of what they reserve', async () => {
    const query = {
      Id: 'memory',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ECS',
          MetricName: 'MemoryUtilization',
          Dimensions: [
            { Name: 'ClusterName', Value: 'forge-production' },
            { Name: 'ServiceName', Value: 'api-blue' },
          ],
        },
        Period: 3_600,
        Stat: 'Average',
      },
    };
    const used = async () =>
      (await ask60s({ MetricDataQueries: [query] })).MetricDataResults?.[0]?.Values?.[0];
    await until(async () => (await used()) !== undefined);

    expect(await used()).toBeGreaterThan(2);
    expect(await used()).toBeLessThan(100);
  });

  it('reports a level that was set until it is ended', async () => {
    const database = {
      region: 'us-east-1',
      namespace: 'AWS/RDS',
      metric: 'DatabaseConnections',
      dimensions: { DBInstanceIdentifier: 'orders' },
    };
    world.aws.level({ ...database, value: 42 });
    const Dimensions = [{ Name: 'DBInstanceIdentifier', Value: 'orders' }];
    const Metric = { Namespace: 'AWS/RDS', MetricName: 'DatabaseConnections', Dimensions };
    const query = { Id: 'db', MetricStat: { Metric, Period: 3_600, Stat: 'Maximum' } };
    const read = async () => (await ask60s({ MetricDataQueries: [query] })).MetricDataResults?.[0]?.Values;

    await until(async () => (await read())?.[0] === 42);

    expect(await read()).toEqual([42]);
  });

  it('refuses to set what it measures', () => {
    const level = {
      region: 'us-east-1',
      namespace: 'AWS/ApplicationELB',
      metric: 'RequestCount',
      dimensions: {},
    };

    expect(() => world.aws.level({ ...level, value: 1 })).toThrow('is measured here');
  });

  async function ask60s(input: Partial<GetMetricDataCommandInput>) {
    const window = { StartTime: new Date(Date.now() - 60_000), EndTime: new Date(Date.now() + 1_000) };
    return await world.cloudWatch.send(
      new GetMetricDataCommand({ MetricDataQueries: [], ...window, ...input }),
    );
  }

  async function valuesOf(asked: Asked) {
    const answer = await ask60s({ MetricDataQueries: [metricQuery('q', asked)] });
    return answer.MetricDataResults?.[0] ?? {};
  }

  async function sumOf(metric: string, targetGroup?: string): Promise<number> {
    return (await valuesOf(count(metric, targetGroup))).Values?.[0] ?? 0;
  }
});

function as(query: object): MetricDataQuery {
  return { Id: 'exact', ...query };
}
