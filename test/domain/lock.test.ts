import { describe, expect, it } from 'vitest';
import { holds, isLocked, lockedWords, overlap } from '../../src/domain/lock.ts';
import { aLock } from './restriction-builders.ts';

const api = { environment: 'production', service: 'api' };
const web = { environment: 'production', service: 'web' };
const production = { environment: 'production' };

describe('two places', () => {
  it('overlap where anything is in both', () => {
    expect(overlap(production, api)).toBe(true);
    expect(overlap(api, production)).toBe(true);
    expect(overlap(api, api)).toBe(true);
    expect(overlap(api, web)).toBe(false);
    expect(overlap(production, { environment: 'staging' })).toBe(false);
  });
});

describe('a lock', () => {
  it('of a service does not hold the others, nor all of them', () => {
    const lock = aLock({ service: 'api' });

    expect([api, web, production].map((place) => holds(lock, place))).toEqual([true, false, false]);
    expect(holds(aLock(), api)).toBe(true);
  });

  it('holds until its end', () => {
    expect([19, 20].map((at) => isLocked(aLock({ until: 20 }), at))).toEqual([true, false]);
  });

  it('is named by what it is of', () => {
    expect([lockedWords(api), lockedWords(production)]).toEqual(['api in production', 'production']);
  });
});
