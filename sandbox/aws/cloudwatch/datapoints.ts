import { keptSeconds, type MetricName } from '../metrics/metric-store.ts';
import { published } from '../metrics/publication.ts';
import { type Statistic, statisticOf } from '../metrics/statistic.ts';
import type { Context } from '../operation.ts';

/** Value by the start of its period, seconds since 1970, oldest first. */
export type Datapoints = Map<number, number>;
export type Window = { startMs: number; endMs: number; asOfMs: number };

/** One statistic of one metric: a value for each period in the window in which something was reported. */
export function datapointsOf(
  name: MetricName,
  options: { statistic: Statistic; periodSeconds: number; window: Window },
  { metrics, settings, scope }: Context,
): Datapoints {
  const { statistic, periodSeconds, window } = options;
  const kind = metrics.kindOf(scope, name);
  const found: Datapoints = new Map();
  for (const start of periodStarts(window, periodSeconds)) {
    const samples = metrics
      .samples(scope, name, start, start + periodSeconds)
      .flatMap((sample) => published(sample, window.asOfMs, settings()) ?? []);
    const value = statisticOf(statistic, samples, kind);
    if (value !== undefined) found.set(start, value);
  }
  return found;
}

/**
 * The starts of the periods in a window. Its beginning is rounded down; a period that starts at its end is not in it,
 * nor are those of which nothing can be known: in the future, or forgotten.
 */
export function periodStarts({ startMs, endMs, asOfMs }: Window, periodSeconds: number): number[] {
  const grid = Math.min(periodSeconds, 60);
  const first = Math.floor(startMs / 1_000 / grid) * grid;
  const forgotten = Math.floor((asOfMs / 1_000 - keptSeconds - first) / periodSeconds);
  const starts: number[] = [];
  let start = first + Math.max(0, forgotten) * periodSeconds;
  for (; start * 1_000 < Math.min(endMs, asOfMs); start += periodSeconds) starts.push(start);
  return starts;
}
