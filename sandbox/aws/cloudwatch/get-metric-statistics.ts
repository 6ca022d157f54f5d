import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { statisticNamed } from '../metrics/statistic.ts';
import { operation } from '../operation.ts';
import { datapointsOf, periodStarts } from './datapoints.ts';
import { Dimensions } from './metric-query.ts';
import { unitOf } from './units.ts';
import { validatePeriod } from './validate-queries.ts';

const mostDatapoints = 1_440;

/** The older call: one metric, several statistics, datapoints in no order that may be relied on. */
export const getMetricStatistics = operation(
  z.object({
    Namespace: z.string().min(1),
    MetricName: z.string().min(1),
    Dimensions,
    StartTime: z.number(),
    EndTime: z.number(),
    Period: z.int().min(1),
    Statistics: z.array(z.string()).max(5).default([]),
    ExtendedStatistics: z.array(z.string()).max(10).default([]),
    Unit: z.string().optional(),
  }),
  'InvalidParameterValue',
  (input, context) => {
    validatePeriod(input.Period);
    const names = [...input.Statistics, ...input.ExtendedStatistics];
    if (names.length === 0) {
      const message = 'Must specify either Statistics or ExtendedStatistics';
      throw new AwsError('InvalidParameterCombination', message);
    }
    const window = { startMs: input.StartTime * 1_000, endMs: input.EndTime * 1_000, asOfMs: Date.now() };
    refuseWindow(window, input.Period);
    const { MetricName: metric } = input;
    const unit = unitOf(metric);
    if (input.Unit !== undefined && input.Unit !== unit) return { Label: metric, Datapoints: [] };
    const found = new Map<number, { plain: Record<string, number>; extended: Record<string, number> }>();
    for (const name of names) {
      const statistic = statisticNamed(name);
      if (statistic === undefined) {
        throw new AwsError(
          'InvalidParameterValue',
          `The value ${name} for parameter Statistics is not supported.`,
        );
      }
      const points = datapointsOf(
        { namespace: input.Namespace, metric, dimensions: input.Dimensions },
        { statistic, periodSeconds: input.Period, window },
        context,
      );
      for (const [second, value] of points) {
        const point = found.get(second) ?? { plain: {}, extended: {} };
        found.set(second, point);
        (statistic.kind === 'percentile' ? point.extended : point.plain)[name] = value;
      }
    }
    const datapoints = [...found].map(([second, { plain, extended }]) => ({
      Timestamp: new Date(second * 1_000),
      Unit: unit,
      ...plain,
      ExtendedStatistics: Object.keys(extended).length > 0 ? extended : undefined,
    }));
    return { Label: metric, Datapoints: datapoints };
  },
);

function refuseWindow(
  window: { startMs: number; endMs: number; asOfMs: number },
  periodSeconds: number,
): void {
  if (window.startMs >= window.endMs) {
    const message = 'The parameter StartTime must be less than the parameter EndTime.';
    throw new AwsError('InvalidParameterCombination', message);
  }
  const count = periodStarts(window, periodSeconds).length;
  if (count <= mostDatapoints) return;
  const message = `You have requested up to ${count} datapoints, which exceeds the limit of ${mostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`;
  throw new AwsError('InvalidParameterCombination', message);
}
