import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { loadBalancerArn, targetGroupArn } from '../../../sandbox/aws/names.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
export const LoadBalancer = loadBalancerArn({ ...scope, loadBalancer: 'forge-production' }).split(
  'loadbalancer/',
)[1];
export const blue = targetGroupArn(scope, 'api-blue').split(':').at(-1);
export const green = targetGroupArn(scope, 'api-green').split(':').at(-1);

export type Asked = { metric: string; stat: string; period: number; targetGroup: string | undefined };

export function count(metric: string, targetGroup?: string): Asked {
  return { metric, stat: 'Sum', period: 3_600, targetGroup };
}

export function stat(metric: string, name: string, targetGroup?: string): Asked {
  return { metric, stat: name, period: 3_600, targetGroup };
}

export function metricQuery(Id: string, asked: Asked): MetricDataQuery {
  const Dimensions = [{ Name: 'LoadBalancer', Value: LoadBalancer }];
  if (asked.targetGroup !== undefined) Dimensions.unshift({ Name: 'TargetGroup', Value: asked.targetGroup });
  const Metric = { Namespace: 'AWS/ApplicationELB', MetricName: asked.metric, Dimensions };
  return { Id, MetricStat: { Metric, Period: asked.period, Stat: asked.stat } };
}
