import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { aRegion, aRelease } from '../builders.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { aCommit, aSecondRegion, aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = { name: 'Image', within: 600_000, kind: 'image' };
const other = 'abad1dea'.padEnd(40, '0');

describe('a check of the image', () => {
  it('passes when it is everywhere and names the commit', async () => {
    expect(await look({ check, ...aWorld() })).toEqual({
      kind: 'passed',
      says: `It is in ${aRegion} and ${aSecondRegion}, and was made from c0ffee000000.`,
    });
  });

  it('fails when there is none', async () => {
    expect(await look({ check, ...aWorld(), subject: aSubject({ commit: other }) })).toEqual({
      kind: 'failed',
      says: `There is no image of abad1dea0000 in the registry of ${aRegion} and ${aSecondRegion}. It has to be built first.`,
    });
  });

  it('waits while one region has it and another has not', async () => {
    const { adapters } = aWorld();
    const digests = { [aRegion]: `sha256:${'1'.repeat(64)}`, [aSecondRegion]: `sha256:${'1'.repeat(64)}` };
    const sourceControl = new FakeSourceControl([
      { release: aRelease({ commit: aCommit, digests }), branch: 'main', missingIn: [aSecondRegion] },
    ]);

    expect(await look({ check, adapters: { ...adapters, sourceControl } })).toEqual({
      kind: 'waiting',
      says: `The image of c0ffee000000 has not arrived in ${aSecondRegion} yet.`,
      lookAgainIn: 10_000,
    });
  });

  it('waits where the registry says nothing of a region the service runs in', async () => {
    const { adapters } = aWorld();
    const digests = { [aRegion]: `sha256:${'1'.repeat(64)}` };
    const sourceControl = new FakeSourceControl([
      { release: aRelease({ commit: aCommit, digests }), branch: 'main' },
    ]);

    expect(await look({ check, adapters: { ...adapters, sourceControl } })).toMatchObject({
      kind: 'waiting',
    });
  });

  it.each([
    [{ status: 'archived' }, 'failed', /is archived in .*Bring it back in ECR/u],
    [{ status: 'activating' }, 'waiting', /still bringing the image back/u],
    [
      { revision: other },
      'failed',
      /tagged with c0ffee000000, but says of itself that it was made from abad1dea0000/u,
    ],
    [{ revision: null }, 'unknown', /does not say which commit it was made from/u],
  ] as const)('has not passed with %o', async (different, kind, says) => {
    const world = aWorld();
    world.sourceControl.setImage(aCommit, different);

    expect(await look({ check, ...world })).toMatchObject({ kind, says: expect.stringMatching(says) });
  });

  it('tells what is certain before what may still come', async () => {
    const world = aWorld();
    world.sourceControl.setImage(aCommit, { status: 'archived', revision: null });

    expect(await look({ check, ...world })).toMatchObject({ kind: 'failed' });
  });

  it('is unknown where there is no environment, or the service does not run there', async () => {
    const { environment: _environment, ...branch } = aSubject();
    const elsewhere = aSubject({ service: { ...aSubject().service, runs: {} } });

    expect(await look({ check, ...aWorld(), subject: branch })).toMatchObject({ kind: 'unknown' });
    expect(await look({ check, ...aWorld(), subject: elsewhere })).toMatchObject({ kind: 'unknown' });
  });
});
