import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = { name: 'Changelog', within: 300_000, kind: 'changelog', file: 'CHANGELOG.md' };

function changed(...commits: Record<string, string | undefined>[]) {
  const world = aWorld();
  const live = world.repository.push('main', { files: { 'CHANGELOG.md': '# 1', 'a.ts': '1' } });
  let commit = live;
  for (const files of commits) commit = world.repository.push('main', { files });
  return { ...world, live, commit, subject: aSubject({ commit, liveCommit: live }) };
}

describe('a check of the changelog', () => {
  it('passes when it was changed since what is live', async () => {
    const world = changed({ 'a.ts': '2' }, { 'CHANGELOG.md': '# 2' });

    expect(await look({ check, ...world })).toEqual({
      kind: 'passed',
      says: `CHANGELOG.md tells what is new since ${world.live.slice(0, 12)}.`,
    });
  });

  it('fails when it was not', async () => {
    expect(await look({ check, ...changed({ 'a.ts': '2' }) })).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining('“CHANGELOG.md” does not tell what is new'),
    });
  });

  it('fails when it was removed', async () => {
    expect(await look({ check, ...changed({ 'CHANGELOG.md': undefined }) })).toMatchObject({
      kind: 'failed',
    });
  });

  it('has nothing to tell of what is live already, or older', async () => {
    const world = changed({ 'a.ts': '2' });
    const older = aSubject({ commit: world.live, liveCommit: world.commit });

    expect(await look({ check, ...changed() })).toMatchObject({ kind: 'passed' });
    expect(await look({ check, ...world, subject: older })).toMatchObject({ kind: 'passed' });
  });

  it('looks at the file itself where GitHub lists no more', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 310 }, (_, index) => [`A/${1_000 + index}.ts`, 'x']),
    );

    expect(await look({ check, ...changed({ ...many, 'CHANGELOG.md': '# 2' }) })).toMatchObject({
      kind: 'passed',
    });
    expect(await look({ check, ...changed(many) })).toMatchObject({ kind: 'failed' });
    expect(await look({ check, ...changed({ ...many, 'CHANGELOG.md': undefined }) })).toMatchObject({
      kind: 'failed',
    });
  });

  it('wants an entry that is new in every region, where GitHub lists not all', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 310 }, (_, index) => [`A/${1_000 + index}.ts`, 'x']),
    );
    const world = changed({ 'CHANGELOG.md': '# 2' }, many);
    const { history } = world.repository;
    const before = history.parents(world.commit)[0] ?? '';
    const subject = (...liveCommit: string[]) => aSubject({ commit: world.commit, liveCommit });

    expect(await look({ check, ...world, subject: subject(before) })).toMatchObject({ kind: 'failed' });
    expect(await look({ check, ...world, subject: subject(world.live) })).toMatchObject({ kind: 'passed' });
  });

  it('is unknown where nobody knows what is live', async () => {
    const world = changed({ 'CHANGELOG.md': '# 2' });

    expect(await look({ check, ...world, subject: aSubject({ commit: world.commit }) })).toEqual({
      kind: 'unknown',
      says: 'Nobody knows which commit is live, so nobody can tell what has changed since.',
    });
  });

  it('is unknown where GitHub does not know what is live', async () => {
    const world = changed({ 'CHANGELOG.md': '# 2' });
    world.codeHost.failNext('compare', new CodeHostRefused('There is no such commit.', 'not-found'));

    expect(await look({ check, ...world })).toMatchObject({
      kind: 'unknown',
      says: expect.stringContaining('GitHub cannot compare'),
    });
  });

  it('leaves any other refusal to who asked', async () => {
    const world = changed({ 'CHANGELOG.md': '# 2' });
    world.codeHost.failNext('compare', new CodeHostRefused('No.', 'credentials'));

    await expect(look({ check, ...world })).rejects.toThrow(CodeHostRefused);
  });
});
