import { z } from 'zod';
import { operation } from '../operation.ts';
import { page } from '../page.ts';

const pageSize = 500;

/** What has been measured so far. */
export const listMetrics = operation(
  z.object({
    Namespace: z.string().optional(),
    MetricName: z.string().optional(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().optional() })).default([]),
    NextToken: z.string().optional(),
  }),
  'InvalidParameterValue',
  (input, { metrics, scope }) => {
    const found = metrics
      .list(scope)
      .filter(({ namespace }) => input.Namespace === undefined || namespace === input.Namespace)
      .filter(({ metric }) => input.MetricName === undefined || metric === input.MetricName)
      .filter(({ dimensions }) =>
        input.Dimensions.every(({ Name, Value }) => {
          return Name in dimensions && (Value === undefined || dimensions[Name] === Value);
        }),
      );
    const { items, nextToken } = page(found, {
      size: pageSize,
      token: input.NextToken,
      refusal: 'InvalidParameterValue',
    });
    return {
      Metrics: items.map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      })),
      NextToken: nextToken,
    };
  },
);
