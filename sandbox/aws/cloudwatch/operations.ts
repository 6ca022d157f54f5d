import type { Operation } from '../operation.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';

/** The part of CloudWatch's API this sandbox knows; metrics are written by what it measures, never by clients. */
export const cloudWatchOperations: Record<string, Operation> = {
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListMetrics: listMetrics,
};
