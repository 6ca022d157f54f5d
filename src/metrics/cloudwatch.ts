import type { AwsClients } from '../aws/clients.ts';
import type { Series } from '../domain/gates/measurements.ts';
import type { Policy } from '../domain/policy.ts';
import type { Colour, Target } from '../domain/release.ts';
import type { MeasureRequest, Metrics, RawMeasurements } from '../ports/metrics.ts';
import { type MeasuredPlace, measuredPlaceOf } from './measured-place.ts';
import { balancerId, colourId, databaseId, queriesFor } from './queries.ts';
import { readSeries } from './read-series.ts';
import { type Window, windowOf } from './window.ts';

/** Raw series of CloudWatch, in one call: what they mean is worked out by the gates. */
export function createCloudWatchMetrics({
  policy,
  clients,
}: {
  policy: Policy;
  clients: AwsClients;
}): Metrics {
  return {
    async measure(target, request, { signal }) {
      const place = measuredPlaceOf(policy, target);
      const window = windowOf(request);
      if (window === undefined) return measurements(place, () => [], undefined);
      const series = await read(place, { target, request, window, clients }, signal);
      return measurements(place, series, window);
    },
  };
}

function read(
  place: MeasuredPlace,
  asked: { target: Target; request: MeasureRequest; window: Window; clients: AwsClients },
  signal: AbortSignal,
): Promise<(id: string) => Series> {
  const { target, request, window, clients } = asked;
  const periods = { bucket: request.periodSeconds, window: window.percentiles };
  const input = {
    MetricDataQueries: queriesFor(place, periods),
    StartTime: new Date(window.start),
    EndTime: new Date(window.end),
  };
  return readSeries(clients.in(target.region).poll.cloudWatch, input, { title: place.title, signal });
}

function measurements(
  { database }: MeasuredPlace,
  series: (id: string) => Series,
  window: Window | undefined,
): RawMeasurements {
  return {
    blue: colourSeries('blue', series, window),
    green: colourSeries('green', series, window),
    balancer: {
      requests: series(balancerId('requests')),
      elb5xx: series(balancerId('elb5xx')),
      activeConnections: series(balancerId('activeConnections')),
    },
    ...(database === undefined
      ? {}
      : { database: { connections: series(databaseId), max: database.maxConnections } }),
  };
}

function colourSeries(
  colour: Colour,
  series: (id: string) => Series,
  window: Window | undefined,
): RawMeasurements[Colour] {
  const wholeWindow = (metric: 'windowP95' | 'windowP99') => {
    if (window?.percentiles === undefined) return undefined;
    return inMs(series(colourId(colour, metric))).find(({ at }) => at === window.start)?.value;
  };
  const p95 = wholeWindow('windowP95');
  const p99 = wholeWindow('windowP99');
  return {
    requests: series(colourId(colour, 'requests')),
    target5xx: series(colourId(colour, 'target5xx')),
    target4xx: series(colourId(colour, 'target4xx')),
    connectionErrors: series(colourId(colour, 'connectionErrors')),
    p95Ms: inMs(series(colourId(colour, 'p95'))),
    p99Ms: inMs(series(colourId(colour, 'p99'))),
    healthyHosts: series(colourId(colour, 'healthyHosts')),
    ...(p95 === undefined ? {} : { windowP95Ms: p95 }),
    ...(p99 === undefined ? {} : { windowP99Ms: p99 }),
  };
}

/** From seconds, to the microsecond. */
function inMs(seconds: Series): Series {
  return seconds.map(({ at, value }) => ({ at, value: Math.round(value * 1_000_000) / 1_000 }));
}
