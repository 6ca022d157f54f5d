import { randomOf, within } from '../seeded-random.ts';
import type { AwsSettings } from '../settings.ts';
import type { Sample } from './metric-store.ts';

/**
 * What a reader at that moment (milliseconds since 1970) sees of a sample: nothing until its lag is over, then half of
 * it, at last all. Undefined for nothing.
 */
export function published(sample: Sample, asOfMs: number, settings: AwsSettings): Sample | undefined {
  const { seed, metrics } = settings;
  const chance = randomOf(seed, `${sample.source} ${sample.second}`);
  const appearsMs = (sample.second + 1) * 1_000 + within(metrics.lag, chance);
  if (asOfMs < appearsMs) return undefined;
  return asOfMs < appearsMs + metrics.growMs ? half(sample) : sample;
}

/** Every second value; of a single one, which can't be divided, nothing is missing. */
function half(sample: Sample): Sample {
  const counts = sample.counts.map((count, index) =>
    count > 1 || index % 2 === 0 ? Math.ceil(count / 2) : 0,
  );
  const values = sample.values.filter((_, index) => counts[index] !== 0);
  return { ...sample, values, counts: counts.filter((count) => count > 0) };
}
