import { describe, expect, it } from 'vitest';
import { covers, isAhead, isFrozenBy, isSameScope, touches } from '../../src/domain/freeze.ts';
import { aFreeze } from './restriction-builders.ts';

const production = { environment: 'production' };
const api = { environment: 'production', service: 'api' };

describe('the scope of a freeze', () => {
  it.each([
    [{}, production, { covers: true, touches: true }],
    [{}, api, { covers: true, touches: true }],
    [{ services: ['api'] }, api, { covers: true, touches: true }],
    [{ services: ['api'] }, production, { covers: false, touches: true }],
    [{ services: ['web'] }, api, { covers: false, touches: false }],
    [{ environments: ['staging'] }, production, { covers: false, touches: false }],
    [{ services: ['api'], environments: ['staging'] }, api, { covers: false, touches: false }],
  ])('%j of %j is %j', (scope, place, expected) => {
    expect({ covers: covers(scope, place), touches: touches(scope, place) }).toEqual(expected);
  });

  it('is the same in any order, and not the same as a wider one', () => {
    expect(isSameScope({ services: ['a', 'b'] }, { services: ['b', 'a'] })).toBe(true);
    expect(isSameScope({ services: ['a'] }, {})).toBe(false);
    expect(isSameScope({ environments: ['a'] }, { environments: ['b'] })).toBe(false);
    expect(isSameScope({}, {})).toBe(true);
  });
});

describe('a freeze', () => {
  it('is in force from its first moment to the one before its end', () => {
    const freeze = aFreeze({ from: 10, until: 20 });

    expect([9, 10, 19, 20].map((at) => isFrozenBy(freeze, at))).toEqual([false, true, true, false]);
    expect([9, 19, 20].map((at) => isAhead(freeze, at))).toEqual([true, true, false]);
  });

  it('that was lifted is neither in force nor to come', () => {
    const freeze = aFreeze({ from: 10, until: 20, lifted: { at: 5, by: { kind: 'job', run: 'test' } } });

    expect(isFrozenBy(freeze, 15)).toBe(false);
    expect(isAhead(freeze, 1)).toBe(false);
  });
});
