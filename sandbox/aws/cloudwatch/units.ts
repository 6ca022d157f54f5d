/** Asking for another unit than a metric is reported in finds nothing, as in CloudWatch. */
export function unitOf(metric: string): string {
  if (metric === 'TargetResponseTime') return 'Seconds';
  return metric.endsWith('Utilization') ? 'Percent' : 'Count';
}
