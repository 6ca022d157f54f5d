import { describe, expect, it } from 'vitest';
import { type BaselineWindow, baselineOf } from '../../../src/domain/gates/index.ts';
import { measurements, SINCE, type Side, seriesOf, type Values } from './measured.ts';

const MINUTE = 60_000;

function windowOf(live: Side, window: Partial<BaselineWindow> = {}): BaselineWindow {
  const { live: series, balancer, periodSeconds } = measurements({ live });
  return { periodSeconds, from: SINCE, until: SINCE + 4 * MINUTE, live: series, balancer, ...window };
}

const counts = (values: Values) => seriesOf(values, MINUTE);

describe('the baseline', () => {
  it('has the shares of the live colour’s requests', () => {
    const live = {
      requests: [100, 100, undefined, 200],
      ...{ target5xx: [4, undefined, undefined, 4], connectionErrors: [2, 2], target4xx: [20, 20] },
    };

    expect(baselineOf(windowOf(live))).toMatchObject({
      requests: 400,
      errors: 0.03,
      fiveXx: 0.02,
      fourXx: 0.1,
    });
  });

  it('has none of fewer than 50 requests', () => {
    expect(baselineOf(windowOf({ requests: [49], target5xx: [49] }))).not.toHaveProperty('errors');
    expect(baselineOf(windowOf({ requests: [50], target5xx: [50] }))).toMatchObject({ errors: 1 });
  });

  it('never has more errors than requests', () => {
    const live = { requests: [50], target5xx: [50], connectionErrors: [50] };

    expect(baselineOf(windowOf(live)).errors).toBe(1);
  });

  it('has the percentile of all requests together where there is one', () => {
    const live = { requests: [100], p95Ms: [900], windowP95Ms: 300, windowP99Ms: 400 };

    expect(baselineOf(windowOf(live))).toMatchObject({ p95Ms: 300, p99Ms: 400 });
  });

  it('has otherwise the latency that half of the requests had at most', () => {
    const live = { requests: [100, 300, 100], p95Ms: [100, 200, 900], p99Ms: [900, 300, 400] };

    expect(baselineOf(windowOf(live))).toMatchObject({ p95Ms: 200, p99Ms: 300 });
  });

  it('takes exactly half of the requests for half', () => {
    expect(baselineOf(windowOf({ requests: [100, 100], p95Ms: [900, 200] })).p95Ms).toBe(200);
  });

  it('does not know the latency of too few requests', () => {
    const few = baselineOf(
      windowOf({ requests: [19], p95Ms: [300], p99Ms: [300], windowP95Ms: 300, windowP99Ms: 300 }),
    );

    expect(few).toMatchObject({ p95Ms: undefined, p99Ms: undefined });
  });

  it('has means of the whole load balancer, in which a missing bucket is 0', () => {
    const balancer = {
      elb5xx: counts([2]),
      activeConnections: counts([100, 100]),
      requests: counts([1000, 1000, 1000, 1000]),
    };

    expect(baselineOf(windowOf({}, { balancer }))).toMatchObject({
      elb5xxPerBucket: 0.5,
      activeConnectionsPerBucket: 50,
      requestsPerBucket: 1000,
    });
  });

  it('has the most connections the database ever had', () => {
    const database = { connections: counts([10, 160, 20]), max: 200 };
    const unmeasured = { connections: [], max: 200 };

    expect(baselineOf(windowOf({}, { database })).databaseConnections).toBe(0.8);
    expect(baselineOf(windowOf({}, { database: unmeasured })).databaseConnections).toBeUndefined();
    expect(baselineOf(windowOf({})).databaseConnections).toBeUndefined();
  });

  it('looks at nothing outside of its time', () => {
    const live = { requests: [100, 100, 100], target5xx: [100, 0, 100] };
    const window = windowOf(live, { from: SINCE + 1, until: SINCE + 3 * MINUTE - 1 });

    expect(baselineOf(window)).toMatchObject({ requests: 100, errors: 0 });
  });

  it('of no time at all has nothing', () => {
    expect(baselineOf(windowOf({ requests: [100] }, { until: SINCE }))).toMatchObject({
      requests: 0,
      requestsPerBucket: 0,
    });
  });
});
