import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { callAws } from '../aws/call.ts';
import type { Point, Series } from '../domain/gates/measurements.ts';
import { PlatformRefused, PlatformUnavailable } from '../ports/platform.ts';

/** Far more than our few hundred points need: an answer that never ends is none. */
const MOST_PAGES = 20;

/**
 * Every series that was asked for, by the id of its query, ascending. Throws where CloudWatch gives less than all it has:
 * a gap must not look like a quiet minute.
 */
export async function readSeries(
  cloudWatch: CloudWatchClient,
  input: Omit<GetMetricDataCommandInput, 'NextToken' | 'ScanBy'>,
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<(id: string) => Series> {
  const results = await readPages(cloudWatch, input, { title, signal });
  const ids = (input.MetricDataQueries ?? []).flatMap(({ Id }) => Id ?? []);
  const series = new Map(ids.map((id) => [id, seriesOf(id, results, title)]));
  return (id) => {
    const found = series.get(id);
    if (found === undefined) throw new Error(`Nothing was asked under the id ${id}`);
    return found;
  };
}

async function readPages(
  cloudWatch: CloudWatchClient,
  input: Omit<GetMetricDataCommandInput, 'NextToken' | 'ScanBy'>,
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<MetricDataResult[]> {
  const results: MetricDataResult[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const command = new GetMetricDataCommand({ ...input, ScanBy: 'TimestampAscending', NextToken });
    const answer = await callAws(`read the metrics of ${title}`, signal, (options) =>
      cloudWatch.send(command, options),
    );
    results.push(...(answer.MetricDataResults ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) return results;
  }
  throw new PlatformUnavailable(`Could not read the metrics of ${title}: CloudWatch’s answer does not end.`);
}

function seriesOf(id: string, results: readonly MetricDataResult[], title: string): Series {
  const own = results.filter((result) => result.Id === id);
  // The pages before the last one are partial by nature.
  requireComplete(own.at(-1)?.StatusCode, title);
  return own.flatMap(pointsOf).toSorted((left, right) => left.at - right.at);
}

function requireComplete(status: string | undefined, title: string): void {
  if (status === 'Complete') return;
  if (status === 'Forbidden') {
    throw new PlatformRefused(
      `AWS refuses to read some metrics of ${title}. Allow Forge’s role cloudwatch:GetMetricData.`,
    );
  }
  throw new PlatformUnavailable(
    `Could not read the metrics of ${title}: CloudWatch gave only a part of them.`,
  );
}

function pointsOf({ Timestamps = [], Values = [] }: MetricDataResult): Point[] {
  return Timestamps.flatMap((time, index) => {
    const value = Values[index];
    return value === undefined ? [] : [{ at: time.getTime(), value }];
  });
}
