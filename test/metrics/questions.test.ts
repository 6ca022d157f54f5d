import { afterEach, describe, expect, it } from 'vitest';
import { createCloudWatchMetrics } from '../../src/metrics/cloudwatch.ts';
import { PlatformRefused } from '../../src/ports/platform.ts';
import { type ScriptedAws, startScriptedAws } from '../aws/scripted-aws.ts';
import { api, rules, targetGroups, twoColouredPolicy } from '../aws/two-coloured-aws.ts';
import { aPolicy } from '../builders.ts';

const minute = 60_000;
const request = { from: 0, until: 5 * minute, periodSeconds: 60, percentilesUntil: 5 * minute };
const options = { signal: new AbortController().signal };

let aws: ScriptedAws | undefined;
afterEach(async () => {
  await aws?.close();
  aws = undefined;
});

/** What one query of GetMetricData is about. */
type Query = {
  Id: string;
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Stat: string;
    Period: number;
  };
};

describe('each number of a service in colours', () => {
  it('is the metric, the statistic and the part of AWS that it is called by', async () => {
    const told = await answeredByName();

    const [, loadBalancer = ''] = /listener-rule\/(app\/[^/]+\/[^/]+)/.exec(rules[0] ?? '') ?? [];
    const balancer = `LoadBalancer=${loadBalancer}`;
    const colour = (on: 'blue' | 'green') => {
      const where = `${balancer} TargetGroup=${targetGroups[on].split(':').at(-1)}`;
      return {
        requests: `RequestCount Sum 60 ${where}`,
        target5xx: `HTTPCode_Target_5XX_Count Sum 60 ${where}`,
        target4xx: `HTTPCode_Target_4XX_Count Sum 60 ${where}`,
        connectionErrors: `TargetConnectionErrorCount Sum 60 ${where}`,
        p95Ms: `TargetResponseTime p95 60 ${where}, in ms`,
        p99Ms: `TargetResponseTime p99 60 ${where}, in ms`,
        healthyHosts: `HealthyHostCount Minimum 60 ${where}`,
        windowP95Ms: `TargetResponseTime p95 300 ${where}, in ms`,
        windowP99Ms: `TargetResponseTime p99 300 ${where}, in ms`,
      };
    };
    expect(told).toEqual({
      blue: colour('blue'),
      green: colour('green'),
      balancer: {
        requests: `RequestCount Sum 60 ${balancer}`,
        elb5xx: `HTTPCode_ELB_5XX_Count Sum 60 ${balancer}`,
        activeConnections: `ActiveConnectionCount Sum 60 ${balancer}`,
      },
      database: { connections: 'DatabaseConnections Maximum 60 DBInstanceIdentifier=orders', max: 100 },
    });
  });

  it('is of the load balancer’s namespace, that of the database of RDS', async () => {
    await answeredByName();

    const namespaces = queriesOf(aws?.calls[0]?.input ?? {}).map(({ MetricStat: { Metric } }) => [
      Metric.Namespace,
      Metric.MetricName === 'DatabaseConnections',
    ]);

    expect(
      namespaces.every(([name, isDatabase]) => name === (isDatabase ? 'AWS/RDS' : 'AWS/ApplicationELB')),
    ).toBe(true);
  });
});

describe('a service without colours', () => {
  it('is not measured', async () => {
    aws = await startScriptedAws({});
    const { clients } = aws;
    const target = { ...api, service: 'checkout' };

    const measured = createCloudWatchMetrics({ policy: aPolicy(), clients }).measure(
      target,
      request,
      options,
    );

    await expect(measured).rejects.toBeInstanceOf(PlatformRefused);
    await expect(measured).rejects.toThrow(
      'checkout in production (us-east-1) has no blue and green in forge.yml, so nothing of it can be measured.',
    );
  });
});

/** Every series by the query it was the answer to. */
async function answeredByName(): Promise<unknown> {
  const asked: string[] = [];
  aws = await startScriptedAws({
    GetMetricData: (input) => ({
      MetricDataResults: queriesOf(input).map((query) => ({
        ...{ Id: query.Id, Timestamps: [0], StatusCode: 'Complete' },
        Values: [asked.push(inWords(query))],
      })),
    }),
  });
  const policy = twoColouredPolicy({ database: { instance: 'orders', maxConnections: 100 } });
  const { clients } = aws;
  const told = await createCloudWatchMetrics({ policy, clients }).measure(api, request, options);
  const nameOf = (value: number) =>
    value >= 1_000 ? `${asked[value / 1_000 - 1]}, in ms` : asked[value - 1];
  const named = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return nameOf(value[0].value);
    return typeof value === 'number' && key !== 'max' ? nameOf(value) : value;
  };
  return JSON.parse(JSON.stringify(told, named));
}

function queriesOf(input: Record<string, unknown>): Query[] {
  const { MetricDataQueries } = input;
  return Array.isArray(MetricDataQueries) ? MetricDataQueries : [];
}

function inWords({ MetricStat: { Metric, Stat, Period } }: Query): string {
  const where = Metric.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).toSorted();
  return [Metric.MetricName, Stat, Period, ...where].join(' ');
}
