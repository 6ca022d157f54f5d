import { describe, expect, it } from 'vitest';
import {
  bandPaths,
  chartTop,
  failurePath,
  trafficFigures,
} from '../../../sandbox/page/live/traffic-shape.ts';
import type { TrafficSecond } from '../../../sandbox/page/service-model.ts';

function second(given: Partial<TrafficSecond>): TrafficSecond {
  return { requests: 0, failures: 0, p95Ms: undefined, byColour: {}, byVersion: {}, ...given };
}

describe('the figures of a minute', () => {
  it('are the rate of the latest three seconds and all failures', () => {
    const seconds = [30, 9, 10, 11].map((requests) => second({ requests, failures: 2 }));

    expect(trafficFigures(seconds)).toMatchObject({ rate: 10, failures: 8 });
  });

  it('have the slowest 95th percentile of the latest five seconds', () => {
    const seconds = [900, 20, 40, undefined, 30, 25].map((p95Ms) => second({ p95Ms }));

    expect(trafficFigures(seconds).p95Ms).toBe(40);
  });

  it('say nothing about times when nothing was answered', () => {
    expect(trafficFigures([second({}), second({})])).toEqual({ rate: 0, failures: 0, p95Ms: undefined });
  });

  it('are nothing where there is no traffic at all', () => {
    expect(trafficFigures([])).toEqual({ rate: 0, failures: 0, p95Ms: undefined });
  });
});

describe('the top of the scale', () => {
  it.each([
    [0, 5],
    [5, 5],
    [6, 7],
    [21, 30],
    [100, 100],
    [101, 150],
    [999, 1000],
  ])('for at most %d requests a second is %d', (requests, top) => {
    expect(chartTop([second({ requests }), second({ requests: 1 })])).toBe(top);
  });
});

describe('the bands of the chart', () => {
  it('are stacked from the bottom, one unit for a second', () => {
    const bands = [
      { key: 'v1', counts: [4, 2] },
      { key: 'v2', counts: [0, 6] },
    ];

    expect(bandPaths(bands, { top: 10, height: 40 })).toEqual([
      { key: 'v1', path: 'M0 40V24h1V40zM1 40V32h1V40z' },
      { key: 'v2', path: 'M1 32V8h1V32z' },
    ]);
  });
});

describe('failures in the chart', () => {
  it('are bars from the bottom', () => {
    const seconds = [second({ requests: 10 }), second({ requests: 10, failures: 5 })];

    expect(failurePath(seconds, { top: 10, height: 40 })).toBe('M1 40v-20h1v20z');
  });

  it('are seen even when one of a thousand failed', () => {
    const seconds = [second({ requests: 1000, failures: 1 })];

    expect(failurePath(seconds, { top: 1000, height: 40 })).toBe('M0 40v-3.2h1v3.2z');
  });
});
