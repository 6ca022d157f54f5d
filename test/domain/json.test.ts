import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from '../../src/domain/json.ts';

const value = fc.jsonValue({ maxDepth: 3 });

/** The same value with every object's keys in the opposite order. */
function reversed(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(reversed);
  if (given === null || typeof given !== 'object') return given;
  const entries = Object.entries(given).map(([key, inner]) => [key, reversed(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

describe('canonical JSON', () => {
  it('is the same whatever order the keys were written in', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(canonicalJson(reversed(given))).toBe(canonicalJson(given));
      }),
    );
  });

  it('reads back as the value it was made of, so that two values never share it', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(JSON.parse(canonicalJson(given))).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  it('sorts the keys at every depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  });

  it('leaves out a key without a value, as if it were not there', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }));
  });

  it('keeps the place of a missing list item', () => {
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
  });
});

describe('a digest', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(digestOf(reversed(given))).toBe(digestOf(given));
      }),
    );
  });

  it('differs for values that differ', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        fc.pre(canonicalJson(left) !== canonicalJson(right));

        expect(digestOf(left)).not.toBe(digestOf(right));
      }),
    );
  });

  it('depends on the order of a list', () => {
    expect(digestOf(['eu-west-1', 'us-east-1'])).not.toBe(digestOf(['us-east-1', 'eu-west-1']));
  });

  it('is 64 hexadecimal digits', () => {
    expect(digestOf({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
