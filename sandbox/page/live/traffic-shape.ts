import type { TrafficSecond } from '../service-model.ts';

const QUIETEST = 5;
const RATE_SECONDS = 3;
const P95_SECONDS = 5;

/** Figures of a minute's traffic. */
export type TrafficFigures = {
  /** Requests per second over the latest three seconds. */
  rate: number;
  /** Failed requests in the whole minute. */
  failures: number;
  /** The slowest of the latest five seconds' 95th percentiles; undefined when nothing was answered in them. */
  p95Ms: number | undefined;
};

export function trafficFigures(seconds: readonly TrafficSecond[]): TrafficFigures {
  const latest = seconds.slice(-RATE_SECONDS);
  const requests = sum(latest.map((second) => second.requests));
  const times = seconds.slice(-P95_SECONDS).flatMap(({ p95Ms }) => (p95Ms === undefined ? [] : [p95Ms]));
  return {
    rate: latest.length === 0 ? 0 : requests / latest.length,
    failures: sum(seconds.map((second) => second.failures)),
    p95Ms: times.length === 0 ? undefined : Math.max(...times),
  };
}

/** The top of the chart's scale, requests per second: 5, 7, 10, 15, 20, 30 … It moves seldom, so the curve stays calm. */
export function chartTop(seconds: readonly TrafficSecond[]): number {
  const most = Math.max(QUIETEST, ...seconds.map((second) => second.requests));
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.5, 2, 3, 5, 7, 10].find((factor) => factor * power >= most) ?? 10;
  return step * power;
}

/** One band of a stacked chart. */
export type Band = { key: string; counts: number[] };

/** The path of each band in a drawing one unit wide per second and `height` high, stacked from the bottom. */
export function bandPaths(
  bands: readonly Band[],
  { top, height }: { top: number; height: number },
): { key: string; path: string }[] {
  const lengths = bands.map(({ counts }) => counts.length);
  const floor = Array.from({ length: Math.max(0, ...lengths) }, () => 0);
  return bands.map(({ key, counts }) => {
    const below = [...floor];
    counts.forEach((count, second) => {
      floor[second] = (floor[second] ?? 0) + count;
    });
    const y = (count: number | undefined): number => rounded(height - ((count ?? 0) / top) * height);
    return { key, path: steps(below.map(y), floor.map(y)) };
  });
}

/** One bar from the bottom for each second with failures, never so low that it can't be seen. */
export function failurePath(
  seconds: readonly TrafficSecond[],
  { top, height }: { top: number; height: number },
): string {
  const least = height * 0.08;
  const bars = seconds.map(({ failures }, second) => {
    if (failures === 0) return '';
    const high = Math.min(height, Math.max(least, (failures / top) * height));
    return `M${second} ${height}v${rounded(-high)}h1v${rounded(high)}z`;
  });
  return bars.join('');
}

/** There and back: along the upper edge, then along the lower one. Empty seconds are left out. */
function steps(lower: readonly number[], upper: readonly number[]): string {
  const bars = upper.map((y, second) => {
    const bottom = lower[second] ?? y;
    return bottom === y ? '' : `M${second} ${bottom}V${y}h1V${bottom}z`;
  });
  return bars.join('');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
