import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { aDeployment, aPlan, aRegion, aRelease, aRequestedEvent } from '../builders.ts';
import { aCommit, aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = { name: 'Proven in staging', within: 300_000, kind: 'staged', in: 'staging' };
const same = `sha256:${'1'.repeat(64)}`;
const another = `sha256:${'2'.repeat(64)}`;

function inStaging(number: number, change: Partial<Deployment> = {}, digest = same): Deployment {
  const to = aRelease({ commit: aCommit, digests: { [aRegion]: digest } });
  const requested = aRequestedEvent({ environment: 'staging', plan: aPlan({ to }) });
  return { ...aDeployment([requested], { deployment: number }), ...change };
}

describe('a check that a release is proven elsewhere', () => {
  it('passes when the same image was live there', async () => {
    const world = aWorld();
    world.succeeded.push(inStaging(7));

    expect(await look({ check, ...world })).toEqual({
      kind: 'passed',
      says: 'It was live in staging (#7): the same image.',
    });
  });

  it('fails when no deployment of the commit succeeded there', async () => {
    const world = aWorld();
    world.succeeded.push({ ...inStaging(7), plan: aPlan({ to: aRelease({ commit: 'f'.repeat(40) }) }) });

    expect(await look({ check, ...world })).toEqual({
      kind: 'failed',
      says: 'v1.1.0 has not been live in staging yet. Deploy it there first; when that has succeeded, try this check again.',
    });
  });

  it('does not count what was live in another environment', async () => {
    const world = aWorld();
    world.succeeded.push({ ...inStaging(7), environment: 'development' });

    expect(await look({ check, ...world })).toMatchObject({ kind: 'failed' });
  });

  it.each([
    [{ undoneBy: 9 }, 'was rolled back there by #9'],
    [{ undoingBy: 9 }, 'is being rolled back there by #9'],
  ])('fails after a rollback: %o', async (change, words) => {
    const world = aWorld();
    world.succeeded.push(inStaging(7, change), inStaging(5));

    expect(await look({ check, ...world })).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining(words),
    });
  });

  it('passes when it was deployed there again after a rollback', async () => {
    const world = aWorld();
    world.succeeded.push(inStaging(10), inStaging(7, { undoneBy: 9 }));

    expect(await look({ check, ...world })).toMatchObject({ kind: 'passed' });
  });

  it('fails for another image of the same commit', async () => {
    const world = aWorld();
    world.succeeded.push(inStaging(7, {}, another));

    expect(await look({ check, ...world })).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining('The image for eu-west-1 is another one than was live in staging (#7)'),
    });
  });

  it('is unknown where there is no image to compare, or no environment', async () => {
    const world = aWorld();
    const commit = 'f'.repeat(40);
    const { environment: _environment, ...branch } = aSubject();
    world.succeeded.push({ ...inStaging(7), plan: aPlan({ to: aRelease({ commit }) }) });

    expect(await look({ check, ...world, subject: aSubject({ commit }) })).toMatchObject({
      kind: 'unknown',
      says: expect.stringContaining('There is no image of ffffffffffff in eu-west-1'),
    });
    expect(await look({ check, ...world, subject: branch })).toMatchObject({ kind: 'unknown' });
  });
});
