import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../sandbox/aws/metrics/metric-store.ts';
import { published } from '../../../sandbox/aws/metrics/publication.ts';
import { quietSettings } from '../../../sandbox/aws/settings.ts';

const second = 1_000;
const endMs = (second + 1) * 1_000;
const sample: Sample = { second, source: 'node 0', values: [1], counts: [9] };

describe('the publication of a metric', () => {
  it('follows at once when no lag is set', () => {
    expect(published(sample, endMs, quietSettings)).toEqual(sample);
  });

  it('hides a second that is not over', () => {
    expect(published(sample, endMs - 1, quietSettings)).toBeUndefined();
  });

  it('waits for the lag', () => {
    const settings = { ...quietSettings, metrics: { lag: { minMs: 60_000, maxMs: 60_000 }, growMs: 0 } };

    expect(published(sample, endMs + 59_999, settings)).toBeUndefined();
    expect(published(sample, endMs + 60_000, settings)).toEqual(sample);
  });

  it('shows half first while a number grows', () => {
    const settings = { ...quietSettings, metrics: { lag: { minMs: 0, maxMs: 0 }, growMs: 5_000 } };

    expect(published(sample, endMs, settings)?.counts).toEqual([5]);
    expect(published(sample, endMs + 5_000, settings)?.counts).toEqual([9]);
  });

  it('shows every second response time first', () => {
    const settings = { ...quietSettings, metrics: { lag: { minMs: 0, maxMs: 0 }, growMs: 5_000 } };
    const times = { ...sample, values: [0.1, 0.2, 0.3], counts: [1, 1, 1] };

    expect(published(times, endMs, settings)).toMatchObject({ values: [0.1, 0.3], counts: [1, 1] });
  });

  it('lags differently by source, and the same again for the same seed', () => {
    const settings = { ...quietSettings, metrics: { lag: { minMs: 0, maxMs: 10_000 }, growMs: 0 } };
    const appearsAfter = (one: Sample, seed: number) => {
      let ms = 0;
      while (published(one, endMs + ms, { ...settings, seed }) === undefined) ms += 10;
      return ms;
    };
    const other = { ...sample, source: 'node 1' };

    expect(appearsAfter(sample, 7)).toBe(appearsAfter(sample, 7));
    expect(appearsAfter(sample, 7)).not.toBe(appearsAfter(other, 7));
    expect(appearsAfter(sample, 7)).not.toBe(appearsAfter(sample, 8));
  });
});
