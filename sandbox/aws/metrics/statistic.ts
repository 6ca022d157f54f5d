import type { Sample, SeriesKind } from './metric-store.ts';

export type Statistic =
  | { kind: 'sum' | 'average' | 'minimum' | 'maximum' | 'sample-count' }
  | { kind: 'percentile'; percent: number };

const plain: Record<string, Statistic> = {
  Sum: { kind: 'sum' },
  Average: { kind: 'average' },
  Minimum: { kind: 'minimum' },
  Maximum: { kind: 'maximum' },
  SampleCount: { kind: 'sample-count' },
};

/** A statistic as CloudWatch writes it (`Sum`, `p99.9`); undefined for what this sandbox does not know. */
export function statisticNamed(name: string): Statistic | undefined {
  const percent = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  if (percent === undefined) return plain[name];
  return Number(percent) <= 100 ? { kind: 'percentile', percent: Number(percent) } : undefined;
}

/** The statistic of one period's samples; undefined when there is nothing to tell. */
export function statisticOf(
  statistic: Statistic,
  samples: readonly Sample[],
  kind: SeriesKind,
): number | undefined {
  const counted = distribution(kind === 'newest' ? newestOfEachSource(samples) : samples);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  const sum = counted.reduce((all, { value, count }) => all + value * count, 0);
  switch (statistic.kind) {
    case 'sum':
      return sum;
    case 'average':
      return sum / total;
    case 'minimum':
      return counted[0]?.value;
    case 'maximum':
      return counted.at(-1)?.value;
    case 'sample-count':
      return total;
    case 'percentile':
      return percentileOf(counted, Math.max(1, Math.ceil((statistic.percent / 100) * total)));
  }
}

type Counted = { value: number; count: number };

/** Ascending by value. */
function distribution(samples: readonly Sample[]): Counted[] {
  const all = samples.flatMap(({ values, counts }) =>
    values.map((value, index) => ({ value, count: counts[index] ?? 1 })),
  );
  return all.sort((left, right) => left.value - right.value);
}

function newestOfEachSource(samples: readonly Sample[]): Sample[] {
  const newest = new Map<string, Sample>();
  for (const sample of samples) newest.set(sample.source, sample);
  return [...newest.values()];
}

/** The value at that rank, counted from 1. */
function percentileOf(ascending: readonly Counted[], rank: number): number | undefined {
  let passed = 0;
  for (const { value, count } of ascending) {
    passed += count;
    if (passed >= rank) return value;
  }
  return ascending.at(-1)?.value;
}
