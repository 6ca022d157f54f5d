import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { aSubject, aWorld, look } from './look.ts';

const check: CheckPolicy = {
  ...{ name: 'Migrations are safe', within: 300_000, kind: 'migrations-safe', files: 'migrations/**/*.sql' },
};

function migrated(files: Record<string, string | undefined>) {
  const world = aWorld();
  const live = world.repository.push('main', {
    files: { 'migrations/1.sql': 'DROP TABLE before;', 'a.ts': '1' },
  });
  const commit = world.repository.push('main', { files });
  return { ...world, live, commit, subject: aSubject({ commit, liveCommit: live }) };
}

const drop = 'SELECT 1;\nDROP TABLE orders;';
const contract = `-- forge: contract\n${drop}`;

describe('a check of migrations', () => {
  it('fails with file and line, and says what would break', async () => {
    const world = migrated({ 'migrations/2.sql': drop });

    expect(await look({ check, ...world })).toEqual({
      kind: 'failed',
      says: 'What is live would break: migrations/2.sql, line 2: drops the table “orders”: its data is gone, and what is live fails where it still uses it. Deploy a release first that does without it; then begin the file with “-- forge: contract”.',
      tail: [
        'migrations/2.sql, line 2: drops the table “orders”: its data is gone, and what is live fails where it still uses it',
      ],
      more: { command: `git show ${world.commit.slice(0, 12)}:migrations/2.sql` },
    });
  });

  it('tells how many more there are, and shows them all', async () => {
    const verdict = await look({
      check,
      ...migrated({ 'migrations/2.sql': drop, 'migrations/deep/er/3.sql': 'TRUNCATE a; DELETE FROM b' }),
    });

    expect(verdict).toMatchObject({ kind: 'failed', says: expect.stringContaining('There are 2 more.') });
    expect('tail' in verdict && verdict.tail).toHaveLength(3);
  });

  it('passes what only expands, and says so', async () => {
    const world = migrated({ 'migrations/2.sql': 'ALTER TABLE a ADD b int;' });

    expect(await look({ check, ...world })).toEqual({
      kind: 'passed',
      says: `One migration is new since ${world.live.slice(0, 12)}. They only expand: what is live goes on working.`,
    });
  });

  it.each([
    contract,
    `\n--forge:contract\n${drop}`,
    `-- Takes away what nobody uses.\n-- forge: contract (orders moved in v1.4)\n${drop}`,
  ])('passes a declared contract step, and says what that means', async (text) => {
    expect(await look({ check, ...migrated({ 'migrations/2.sql': text }) })).toMatchObject({
      kind: 'passed',
      says: expect.stringContaining(
        'Contract step, declared in migrations/2.sql: after it, what was live before cannot be put back.',
      ),
    });
  });

  it.each([
    `${drop}\n-- forge: contract`,
    `SELECT 1; -- forge: contract\n${drop}`,
    `-- forge: contractor\n${drop}`,
    `-- no forge: contract\n${drop}`,
    `/* forge: contract */\n${drop}`,
  ])('is not talked into it by another comment', async (text) => {
    expect(await look({ check, ...migrated({ 'migrations/2.sql': text }) })).toMatchObject({
      kind: 'failed',
    });
  });

  it('counts a declaration for its own file only', async () => {
    const files = { 'migrations/2.sql': contract, 'migrations/3.sql': drop };

    expect(await look({ check, ...migrated(files) })).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining('migrations/3.sql, line 2'),
    });
  });

  it('does not look at what is live already, at other files, or at what was removed', async () => {
    const files = { 'a.sql': drop, 'migrations/readme.md': drop, 'migrations/1.sql': undefined };

    expect(await look({ check, ...migrated(files) })).toMatchObject({
      kind: 'passed',
      says: expect.stringContaining('No file of migrations/**/*.sql is new'),
    });
  });

  it('looks at a migration that was changed after it was live', async () => {
    expect(await look({ check, ...migrated({ 'migrations/1.sql': drop }) })).toMatchObject({
      kind: 'failed',
    });
  });

  it('is unknown where the parser cannot read it, with the line', async () => {
    expect(await look({ check, ...migrated({ 'migrations/2.sql': 'SELECT 1;\nSELEC 2;' }) })).toMatchObject({
      kind: 'unknown',
      says: 'Nobody can tell what the migrations do: migrations/2.sql, line 2: PostgreSQL could not read it: syntax error at or near "SELEC".',
    });
  });

  it('is unknown where a block hides what it does, unless its file is declared', async () => {
    const block = "DO $$ BEGIN EXECUTE 'x'; END $$;";

    expect(await look({ check, ...migrated({ 'migrations/2.sql': block }) })).toMatchObject({
      kind: 'unknown',
    });
    expect(
      await look({ check, ...migrated({ 'migrations/2.sql': `-- forge: contract\n${block}` }) }),
    ).toMatchObject({ kind: 'passed' });
  });

  it('is unknown for a contract step that the parser cannot read', async () => {
    const files = { 'migrations/2.sql': '-- forge: contract\nSELEC 2;' };

    expect(await look({ check, ...migrated(files) })).toMatchObject({ kind: 'unknown' });
  });

  it('tells what is certain before what nobody knows', async () => {
    const files = { 'migrations/2.sql': 'SELEC', 'migrations/3.sql': drop };

    expect(await look({ check, ...migrated(files) })).toMatchObject({ kind: 'failed' });
  });

  it('is unknown where GitHub lists not all that has changed', async () => {
    const many = Object.fromEntries(Array.from({ length: 310 }, (_, index) => [`a/${index}.ts`, 'x']));

    expect(await look({ check, ...migrated(many) })).toMatchObject({
      kind: 'unknown',
      says: expect.stringContaining('GitHub does not list it all'),
    });
  });

  it('is unknown where nobody knows what is live', async () => {
    const world = migrated({ 'migrations/2.sql': 'SELECT 1' });

    expect(await look({ check, ...world, subject: aSubject({ commit: world.commit }) })).toMatchObject({
      kind: 'unknown',
    });
  });

  it('has nobody run a command that the name of a file holds', async () => {
    const path = "migrations/$(touch x)'; rm -rf ~ #.sql";
    const world = migrated({ [path]: drop });

    expect(await look({ check, ...world })).toMatchObject({
      more: {
        command: `git show '${world.commit.slice(0, 12)}:migrations/$(touch x)'\\''; rm -rf ~ #.sql'`,
      },
    });
  });

  it('looks at what is new since what is live in any region', async () => {
    const world = migrated({ 'migrations/2.sql': drop });
    const newest = world.repository.push('main', { files: { 'migrations/3.sql': 'SELECT 1' } });
    const live = (...liveCommit: string[]) => aSubject({ commit: newest, liveCommit });

    const everywhere = await look({ check, ...world, subject: live(world.commit, world.commit) });
    const inOne = await look({ check, ...world, subject: live(world.commit, world.live) });

    expect(everywhere).toMatchObject({ kind: 'passed' });
    expect(inOne).toMatchObject({
      kind: 'failed',
      says: expect.stringContaining('migrations/2.sql, line 2'),
    });
  });

  it('is unknown where GitHub does not know what is live in one of them', async () => {
    const world = migrated({ 'migrations/2.sql': 'SELECT 1' });
    const subject = aSubject({ commit: world.commit, liveCommit: [world.live, 'f'.repeat(40)] });

    expect(await look({ check, ...world, subject })).toMatchObject({ kind: 'unknown' });
  });
});
