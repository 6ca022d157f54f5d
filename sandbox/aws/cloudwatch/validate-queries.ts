import { AwsError } from '../aws-error.ts';
import { statisticNamed } from '../metrics/statistic.ts';
import type { MetricQuery } from './metric-query.ts';

/** Most queries of one call, and most datapoints of one answer. */
const mostQueries = 500;
export const mostDatapoints = 100_800;

/** Throws ValidationError for what GetMetricData refuses. */
export function validateQueries(queries: readonly MetricQuery[]): void {
  if (queries.length === 0) refuse('The parameter MetricDataQueries is required.');
  if (queries.length > mostQueries) {
    refuse(`The collection MetricDataQueries must not have a size greater than ${mostQueries}.`);
  }
  const ids = new Set<string>();
  for (const query of queries) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(query.Id)) {
      refuse(
        `The value ${query.Id} for parameter Id is not matched with its required pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    if (ids.has(query.Id)) refuse(`The value ${query.Id} for parameter Id is duplicated.`);
    ids.add(query.Id);
    validateQuery(query);
  }
  if (!queries.some(({ ReturnData }) => ReturnData)) {
    refuse('At least one MetricDataQueries member must have ReturnData set to true.');
  }
}

function validateQuery({ Id, MetricStat, Expression }: MetricQuery): void {
  if ((MetricStat === undefined) === (Expression === undefined)) {
    refuse(`Exactly one of MetricStat and Expression must be given for the query ${Id}.`);
  }
  if (MetricStat === undefined) return;
  validatePeriod(MetricStat.Period);
  if (statisticNamed(MetricStat.Stat) === undefined) {
    refuse(`The value ${MetricStat.Stat} for parameter Stat is not supported.`);
  }
}

export function validatePeriod(seconds: number): void {
  // The real service takes 1, 5, 10, 20, 30, 60 and multiples of 60.
  if (seconds <= 60 || seconds % 60 === 0) return;
  refuse('The parameter Period must be at most 60 or a multiple of 60.');
}

/** Both in milliseconds since 1970. */
export function validateTimes(startMs: number, endMs: number): void {
  if (startMs < endMs) return;
  refuse('The parameter StartTime must be less than the parameter EndTime.');
}

export function refuse(message: string): never {
  throw new AwsError('ValidationError', message);
}
