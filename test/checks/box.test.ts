import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { aWorld, look } from './look.ts';

const check: CheckPolicy = { name: 'Told', within: 7_200_000, kind: 'box', says: 'Stakeholders are told' };

describe('a box', () => {
  it('waits for a person, whatever else is true', async () => {
    expect(await look({ check, ...aWorld() })).toEqual({
      kind: 'waiting',
      says: 'It waits for somebody to confirm: “Stakeholders are told”',
      lookAgainIn: 3_600_000,
    });
  });

  it('says whose word it waits for', async () => {
    expect(await look({ check: { ...check, by: 'release-manager' }, ...aWorld() })).toMatchObject({
      says: 'It waits for somebody of release managers to confirm: “Stakeholders are told”',
    });
  });

  it('fails when nobody has confirmed it in time', async () => {
    const world = aWorld();

    expect(await look({ check, ...world, since: world.clock.now() - 7_200_000 })).toEqual({
      kind: 'failed',
      says: 'It was not decided within 2 h. It waits for somebody to confirm: “Stakeholders are told”',
    });
  });
});
