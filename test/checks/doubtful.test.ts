import { describe, expect, it } from 'vitest';
import { worst } from '../../src/checks/image.ts';
import { lookIntoSql } from '../../src/checks/sql/look-into-sql.ts';
import { plain, quoted } from '../../src/checks/words.ts';
import type { CheckPolicy, CheckVerdict } from '../../src/domain/check.ts';
import { aDeployment, aPlan, aRelease, aRequestedEvent } from '../builders.ts';
import { aCommit, aSubject, aWorld, look } from './look.ts';

const within = 60_000;

describe('what nobody can be sure of', () => {
  it('is no changelog that is new in one region only', async () => {
    const check: CheckPolicy = { name: 'Changelog', within, kind: 'changelog', file: 'CHANGELOG.md' };
    const world = aWorld();
    const older = world.repository.push('main', { files: { 'CHANGELOG.md': '# 1', 'a.ts': '1' } });
    const commit = world.repository.push('main', { files: { 'a.ts': '2' } });
    const subject = aSubject({ commit, liveCommit: [older, commit] });

    expect(await look({ check, ...world, subject })).toMatchObject({ kind: 'failed' });
  });

  it('is a migration that GitHub does not show', async () => {
    const check: CheckPolicy = { name: 'Migrations', within, kind: 'migrations-safe', files: '**/*.sql' };
    const world = aWorld();
    const live = world.repository.push('main', { files: { 'a.ts': '1' } });
    const commit = world.repository.push('main', { files: { 'migrations/1.sql': 'SELECT 1;' } });
    world.codeHost.file = async () => undefined;

    expect(await look({ check, ...world, subject: aSubject({ commit, liveCommit: live }) })).toMatchObject({
      kind: 'unknown',
      says: expect.stringContaining('migrations/1.sql, line 1: GitHub does not show it'),
    });
  });

  it('is a release proven elsewhere for a place where the service does not run', async () => {
    const check: CheckPolicy = { name: 'Proven', within, kind: 'staged', in: 'staging' };
    const world = aWorld();
    const plan = aPlan({ to: aRelease({ commit: aCommit }) });
    world.succeeded.push(aDeployment([aRequestedEvent({ environment: 'staging', plan })]));
    const nowhere = aSubject({ service: { ...aSubject().service, runs: {} } });

    expect(await look({ check, ...world, subject: nowhere })).toMatchObject({ kind: 'unknown' });
  });

  it('comes after what is certain, and before what may still come', () => {
    const failed: CheckVerdict = { kind: 'failed', says: 'it is archived' };
    const unknown: CheckVerdict = { kind: 'unknown', says: 'it has no label' };
    const waiting: CheckVerdict = { kind: 'waiting', says: 'it has not arrived', lookAgainIn: 1 };

    expect(worst([undefined, waiting, unknown, failed])).toBe(failed);
    expect(worst([waiting, unknown, undefined])).toBe(unknown);
  });
});

describe('a table that inherits no more', () => {
  it('breaks what is live, which does not find its rows', async () => {
    const { broken } = await lookIntoSql('ALTER TABLE child NO INHERIT parent;');

    expect(broken).toMatchObject([{ line: 1, says: expect.stringContaining('takes a part away') }]);
  });
});

describe('foreign words in a verdict', () => {
  it('are cut where they go on, and never in the middle of a letter', () => {
    expect(plain('x'.repeat(500))).toHaveLength(120);
    expect(plain('😀'.repeat(500), 4)).toBe('😀😀😀…');
    expect(quoted(' a\nb ')).toBe('“a b”');
  });
});
