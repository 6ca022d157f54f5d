import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { CodeHostUnavailable, type CommitCheck } from '../../src/ports/code-host.ts';
import { aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = { name: 'CI', within: 1_800_000, kind: 'github', check: 'build', accepts: [] };

function aCommitWith(...checks: CommitCheck[]) {
  const world = aWorld();
  const commit = world.repository.push('main');
  for (const one of checks) world.repository.setCheck(commit, one);
  return { ...world, subject: aSubject({ commit }), commit };
}

describe('a check on GitHub', () => {
  it('passes when the check of that name passed', async () => {
    const world = aCommitWith({ name: 'build', state: 'passed' });

    expect(await look({ check, ...world })).toEqual({ kind: 'passed', says: '“build” passed on GitHub.' });
  });

  it('looks at exactly the commit', async () => {
    const world = aCommitWith({ name: 'build', state: 'failed' });
    const next = world.repository.push('main');
    world.repository.setCheck(next, { name: 'build', state: 'passed' });

    expect(await look({ check, ...world })).toMatchObject({ kind: 'failed' });
  });

  it('waits for what has not ended, and says who is late and where to see it', async () => {
    const url = 'https://github.example/runs/1';
    const world = aCommitWith({ name: 'build', state: 'waiting', url, says: '3 of 5 jobs' });

    expect(await look({ check, ...world })).toEqual({
      kind: 'waiting',
      says: '“build” has not ended on GitHub yet. It says: 3 of 5 jobs',
      lookAgainIn: 5_000,
      more: { url },
    });
  });

  it('waits for one that GitHub does not know yet, and names the nearest', async () => {
    const world = aCommitWith({ name: 'buidl', state: 'passed' });

    expect(await look({ check, ...world })).toEqual({
      kind: 'waiting',
      says: `GitHub has no check called “build” of ${world.commit.slice(0, 12)} yet. There is one called “buidl”.`,
      lookAgainIn: 5_000,
    });
  });

  it('fails when it has waited too long, with the words of who is late', async () => {
    const world = aCommitWith();
    const since = world.clock.now() - 1_800_000;

    expect(await look({ check, ...world, since })).toEqual({
      kind: 'failed',
      says: expect.stringMatching(/^It was not decided within 30 min\. GitHub has no check called “build”/u),
    });
  });

  it('looks again in time for its end', async () => {
    const world = aCommitWith({ name: 'build', state: 'waiting' });
    const since = world.clock.now() - 1_799_000;

    expect(await look({ check, ...world, since })).toMatchObject({ kind: 'waiting', lookAgainIn: 1_000 });
  });

  it.each([
    ['failed', 'failed'],
    ['timed-out', 'failed'],
    ['cancelled', 'failed'],
    ['neutral', 'unknown'],
    ['skipped', 'unknown'],
    ['stale', 'unknown'],
    ['action-required', 'waiting'],
  ] as const)('has not passed when it is %s', async (state, kind) => {
    const url = 'https://github.example/runs/1';
    const world = aCommitWith({ name: 'build', state, url });

    expect(await look({ check, ...world })).toMatchObject({ kind, says: expect.any(String), more: { url } });
  });

  it.each(['neutral', 'skipped'] as const)('passes as %s where the policy accepts that', async (state) => {
    const world = aCommitWith({ name: 'build', state });

    expect(await look({ check: { ...check, accepts: [state] }, ...world })).toEqual({
      kind: 'passed',
      says: `“build” was ${state} on GitHub, which the policy accepts.`,
    });
  });

  it('accepts nothing that it was not told to', async () => {
    const world = aCommitWith({ name: 'build', state: 'skipped' });

    expect(await look({ check: { ...check, accepts: ['neutral'] }, ...world })).toMatchObject({
      kind: 'unknown',
    });
  });

  it('keeps foreign words on one line', async () => {
    const world = aCommitWith({ name: 'build', state: 'failed', says: 'line one\n\u202eline two' });

    expect(await look({ check, ...world })).toMatchObject({
      says: '“build” failed on GitHub. It says: line one line two',
    });
  });

  it('is unknown where Forge is not signed in', async () => {
    const { adapters: all, subject } = aCommitWith();
    const { codeHost: _codeHost, ...adapters } = all;

    expect(await look({ check, subject, adapters })).toMatchObject({ kind: 'unknown' });
  });

  it('leaves the silence of GitHub to who asked', async () => {
    const world = aCommitWith();
    world.codeHost.fail('checks');

    await expect(look({ check, ...world })).rejects.toThrow(CodeHostUnavailable);
  });
});
