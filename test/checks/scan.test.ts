import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { aCommit, aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = {
  ...{ name: 'Image scan', within: 1_800_000, kind: 'scan', most: { critical: 0, high: 2 } },
};

function scanned(findings: Partial<Record<'critical' | 'high' | 'medium' | 'low', number>>, unrated = 0) {
  const world = aWorld();
  const all = { critical: 0, high: 0, medium: 0, low: 0, ...findings };
  world.sourceControl.setImage(aCommit, { scan: { kind: 'complete', findings: all, unrated } });
  return world;
}

describe('a check of the scan', () => {
  it('passes within the limits, and says what was found', async () => {
    expect(await look({ check, ...scanned({ high: 2, low: 90 }) })).toEqual({
      kind: 'passed',
      says: 'The scan found 0 critical, 2 high, 0 medium and 90 low, which the policy allows.',
    });
  });

  it('fails over a limit, with the numbers and a way to see them', async () => {
    expect(await look({ check, ...scanned({ critical: 1, high: 3 }) })).toEqual({
      kind: 'failed',
      says: 'The scan in eu-west-1 found too many weaknesses: 1 critical (at most 0) and 3 high (at most 2). Mend them and build anew.',
      more: {
        command: `aws ecr describe-image-scan-findings --region eu-west-1 --repository-name checkout --image-id imageDigest=sha256:${'1'.repeat(64)}`,
      },
    });
  });

  it('is unknown where findings without a severity could be over a limit', async () => {
    expect(await look({ check, ...scanned({}, 1) })).toMatchObject({
      kind: 'unknown',
      says: 'The scan in eu-west-1 found 1 that nobody has given a severity, so there may be more than 0 critical.',
    });
  });

  it('passes where even those could not be too many', async () => {
    expect(await look({ check: { ...check, most: { low: 5 } }, ...scanned({ low: 3 }, 2) })).toMatchObject({
      kind: 'passed',
    });
  });

  it('waits for a scan that runs', async () => {
    const world = aWorld();
    world.sourceControl.setImage(aCommit, { scan: { kind: 'running', says: 'has not ended yet.' } });

    expect(await look({ check, ...world })).toMatchObject({
      kind: 'waiting',
      says: 'The scan in eu-west-1 has not ended yet.',
      lookAgainIn: 10_000,
    });
  });

  it.each(['none', 'unsupported', 'failed', 'expired'] as const)(
    'is unknown where the scan is %s',
    async (kind) => {
      const world = aWorld();
      world.sourceControl.setImage(aCommit, { scan: { kind, says: 'tells nothing.' } });

      expect(await look({ check, ...world })).toMatchObject({
        kind: 'unknown',
        says: 'The scan in eu-west-1 tells nothing.',
      });
    },
  );

  it('is unknown where there is no image, or no environment', async () => {
    const { environment: _environment, ...branch } = aSubject();

    expect(await look({ check, ...aWorld(), subject: aSubject({ commit: 'f'.repeat(40) }) })).toMatchObject({
      kind: 'unknown',
      says: expect.stringContaining('There is no image of ffffffffffff in eu-west-1'),
    });
    expect(await look({ check, ...aWorld(), subject: branch })).toMatchObject({ kind: 'unknown' });
  });

  it('never takes a number that is none for one within the limits', async () => {
    expect(await look({ check, ...scanned({ critical: Number.NaN }) })).toMatchObject({ kind: 'failed' });
  });
});
