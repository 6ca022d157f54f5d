import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byVersion, isGreaterVersion } from '../../src/domain/version-order.ts';

describe('a greater version', () => {
  it.each([
    ['v1.10.0', 'v1.9.0', true],
    ['v1.9.0', 'v1.10.0', false],
    ['v1.9.0', 'v1.9.0', false],
    ['web-v1.10.0', 'v1.9.0', false],
    ['vnext', 'v1.9.0', false],
    ['v1.9.0', 'vnext', false],
    ['vnext', 'vlast', false],
  ])('%s than %s: %s, which is told of one series only', (tag, than, expected) => {
    expect(isGreaterVersion(tag, than)).toBe(expected);
  });
});

describe('tags in the order of their versions', () => {
  it.each([
    ['v1.9.0', 'v1.10.0'],
    ['v1.2', 'v1.2.1'],
    ['v1.2.0-rc.1', 'v1.2.0'],
    ['v1.2.0-rc.2', 'v1.2.0-rc.10'],
    ['v1.2.0-1', 'v1.2.0-rc'],
    ['v1.2.0-rc', 'v1.2.0-rc.1'],
    ['v9', 'v99999999999999999999999999'],
    ['api-v1.0.0', 'web-v1.0.0'],
    ['api-v1.9.0', 'api-v1.10.0'],
    ['api-v1.2.0-rc.1', 'api-v1.2.0'],
    ['1.2.0', 'v1.1.0'],
    ['v1.0.0', 'w1.0.0'],
  ])('%s comes before %s', (lesser, greater) => {
    expect(byVersion(lesser, greater)).toBeLessThan(0);
    expect(byVersion(greater, lesser)).toBeGreaterThan(0);
  });

  it.each([['v1.2.0'], [''], ['-'], ['release'], ['v1.2.0+build.7']])('%s is as great as itself', (tag) => {
    expect(byVersion(tag, tag)).toBe(0);
  });

  it('are in the same order wherever they stood before, whatever they are called', () => {
    const tag = fc.oneof(fc.string(), fc.stringMatching(/^v\d{1,3}(\.\d{1,3}){0,2}(-rc\.\d)?$/u));
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), (tags) => {
        const once = tags.toSorted(byVersion);
        for (const [index, later] of once.entries()) {
          for (const earlier of once.slice(0, index))
            expect(byVersion(earlier, later)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
