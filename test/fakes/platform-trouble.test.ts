import { beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../src/domain/release.ts';
import { PlatformUnavailable } from '../../src/ports/platform.ts';
import { FakePlatform } from './platform.ts';

const target: Target = { service: 'api', environment: 'production', region: 'us-east-1' };
const options = { signal: new AbortController().signal };
const some = { blue: 90, green: 10 };
const all = { blue: 100, green: 0 };

describe('the fake platform’s traffic', () => {
  let platform: FakePlatform;
  beforeEach(() => {
    platform = new FakePlatform();
    const image = { version: 'v1.0.0' };
    platform.giveColours(target, { image, rules: 2, idle: { image, desired: 2 } });
  });

  it('can be moved late, by a change that was not answered', async () => {
    platform.break({ method: 'setTraffic', kind: 'late', times: 1 });

    const moved = platform.setTraffic(target, some, options);
    await expect(moved).rejects.toBeInstanceOf(PlatformUnavailable);
    const before = platform.splits(target);
    platform.arrive();

    expect(before).toEqual([all, all]);
    expect(platform.splits(target)).toEqual([some, some]);
  });

  it('can be described as it was for a while', async () => {
    platform.delayReads(target, 2);
    await platform.setTraffic(target, some, options);

    const reads = [
      await platform.traffic(target, options),
      await platform.traffic(target, options),
      await platform.traffic(target, options),
    ];

    expect(reads.map(({ split }) => split)).toEqual([all, all, some]);
  });

  it('can stay as it is on one rule, and then has no common split', async () => {
    platform.stickRule(target, 1);

    await expect(platform.setTraffic(target, some, options)).rejects.toBeInstanceOf(PlatformUnavailable);

    const { rules, split } = await platform.traffic(target, options);
    expect(rules.map((rule) => rule.split)).toEqual([some, all]);
    expect(split).toBeUndefined();
  });

  it('can be moved by somebody else, which is no change of ours', async () => {
    platform.moveTraffic(target, { other: 'redirects' }, 0);

    await expect(platform.live(target, options)).rejects.toThrow(/split between its colours/);
    expect(platform.changes).toEqual([]);
  });

  it('is noted when it is sent where nothing is healthy', async () => {
    platform.sicken(target, 'green', 0);
    await platform.setTraffic(target, some, options);
    platform.sicken(target, 'green', undefined);
    await platform.setTraffic(target, all, options);

    expect(platform.outages).toEqual(['api/production/us-east-1: traffic on green without a healthy target']);
  });

  it('is noted when its colour is scaled to nothing', async () => {
    await platform.scale(target, { on: 'blue', desired: 0 }, options);

    expect(platform.outages).toEqual(['api/production/us-east-1: traffic on blue without a healthy target']);
  });
});
