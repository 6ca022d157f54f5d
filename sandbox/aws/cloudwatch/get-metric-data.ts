import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { statisticNamed } from '../metrics/statistic.ts';
import { type Context, operation } from '../operation.ts';
import { type Datapoints, datapointsOf, type Window } from './datapoints.ts';
import { evaluate } from './evaluate.ts';
import { MetricQuery } from './metric-query.ts';
import { unitOf } from './units.ts';
import { mostDatapoints, refuse, validateQueries, validateTimes } from './validate-queries.ts';

/** Where the next page goes on, and of which moment it tells: numbers that came later must not shift the pages. */
const Token = z.object({ offset: z.int().min(0), asOfMs: z.number() });
type Token = z.infer<typeof Token>;

export const getMetricData = operation(
  z.object({
    MetricDataQueries: z.array(MetricQuery).default([]),
    StartTime: z.number(),
    EndTime: z.number(),
    ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
    MaxDatapoints: z.int().min(1).max(mostDatapoints).default(mostDatapoints),
    NextToken: z.string().optional(),
  }),
  'ValidationError',
  (input, context) => {
    validateQueries(input.MetricDataQueries);
    const startMs = input.StartTime * 1_000;
    const endMs = input.EndTime * 1_000;
    validateTimes(startMs, endMs);
    const token = readToken(input.NextToken);
    const window = { startMs, endMs, asOfMs: token.asOfMs };
    const series = evaluateAll(input.MetricDataQueries, window, context);
    const returned = input.MetricDataQueries.filter(({ ReturnData }) => ReturnData);
    const isDescending = input.ScanBy === 'TimestampDescending';
    const results = returned.map((query) => {
      const points = [...(series.get(query.Id) ?? [])].sort(([left], [right]) => left - right);
      return { Id: query.Id, Label: labelOf(query), points: isDescending ? points.toReversed() : points };
    });
    return page(results, token, input.MaxDatapoints);
  },
);

function evaluateAll(
  queries: readonly MetricQuery[],
  window: Window,
  context: Context,
): Map<string, Datapoints> {
  const measured = new Map<string, { points: Datapoints; periodSeconds: number }>();
  for (const { Id, MetricStat: stat } of queries) {
    if (stat === undefined) continue;
    const statistic = statisticNamed(stat.Stat);
    if (statistic === undefined) refuse(`The value ${stat.Stat} for parameter Stat is not supported.`);
    const { Namespace: namespace, MetricName: metric, Dimensions: dimensions } = stat.Metric;
    const isOtherUnit = stat.Unit !== undefined && stat.Unit !== unitOf(metric);
    const options = { statistic, periodSeconds: stat.Period, window };
    const points = isOtherUnit
      ? new Map<number, number>()
      : datapointsOf({ namespace, metric, dimensions }, options, context);
    measured.set(Id, { points, periodSeconds: stat.Period });
  }
  return evaluate(queries, measured, window);
}

function labelOf({ Id, Label, MetricStat }: MetricQuery): string {
  return Label ?? MetricStat?.Metric.MetricName ?? Id;
}

type Result = { Id: string; Label: string; points: [second: number, value: number][] };

/** So many datapoints, counted over the results in their order; what does not fit comes on the next page. */
function page(results: readonly Result[], { offset, asOfMs }: Token, size: number): object {
  let passed = 0;
  const shown = results.map(({ Id, Label, points }) => {
    const from = Math.max(0, offset - passed);
    const to = Math.max(0, offset + size - passed);
    passed += points.length;
    const own = points.slice(from, to);
    return {
      Id,
      Label,
      Timestamps: own.map(([second]) => new Date(second * 1_000)),
      Values: own.map(([, value]) => value),
      StatusCode: points.length > to ? 'PartialData' : 'Complete',
      Messages: [],
    };
  });
  const isLast = passed <= offset + size;
  return {
    MetricDataResults: shown,
    NextToken: isLast ? undefined : writeToken({ offset: offset + size, asOfMs }),
  };
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string | undefined): Token {
  if (text === undefined) return { offset: 0, asOfMs: Date.now() };
  try {
    return Token.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  }
}
