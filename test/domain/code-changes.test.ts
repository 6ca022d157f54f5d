import { describe, expect, it } from 'vitest';
import { CodeChanges, codeChangeOf, codeChangesOf, comparedIn } from '../../src/domain/code-changes.ts';
import type { Live } from '../../src/domain/release.ts';
import { aDeployment, aLive, aPlan, aRelease, aRequestedEvent } from '../builders.ts';

const base = 'a'.repeat(40);
const withoutCommit = ({ commit: _unknown, ...rest }: Live): Live => rest;
const here = { regions: ['eu-west-1'], base };
const sha = (index: number) => index.toString(16).padStart(40, '0');
const aCommit = (index: number, message = `Change ${index}`) => ({
  ...{ sha: sha(index), message, author: { login: 'octocat', name: 'Octo Cat' } },
});
const aFile = (path: string, status = 'modified') => ({ path, status });
const same = { commits: [], totalCommits: 0, files: [], additions: 0, deletions: 0 };
const ahead = {
  ...{ commits: [aCommit(1), aCommit(2)], totalCommits: 2, files: [aFile('a.ts'), aFile('b.ts')] },
  ...{ additions: 10, deletions: 3, url: 'https://github.test/forward' },
};
const behind = {
  ...{ commits: [aCommit(7)], totalCommits: 1, files: [aFile('c.ts')], additions: 5, deletions: 1 },
};

describe('what a release makes different in the code', () => {
  it('is the commits that come with it, the newest first, with their authors', () => {
    expect(codeChangeOf(here, { forward: ahead }, [])).toEqual({
      ...here,
      brings: {
        total: 2,
        newest: [
          { sha: sha(2), title: 'Change 2', author: 'Octo Cat' },
          { sha: sha(1), title: 'Change 1', author: 'Octo Cat' },
        ],
      },
      takesAway: { total: 0, newest: [] },
      ...{ files: 2, additions: 10, deletions: 3, isCut: false, url: 'https://github.test/forward' },
    });
  });

  it('is what goes away where an older one goes out: what was added is removed', () => {
    const change = codeChangeOf(here, { forward: same, backward: behind }, []);

    expect(change).toMatchObject({ files: 1, additions: 1, deletions: 5, brings: { total: 0 } });
    expect(change.takesAway).toMatchObject({ total: 1, newest: [{ title: 'Change 7' }] });
    expect(change).not.toHaveProperty('url');
  });

  it('is both where neither contains the other, with the files of what comes', () => {
    const change = codeChangeOf(here, { forward: ahead, backward: behind }, []);

    expect(change).toMatchObject({ files: 2, additions: 10, brings: { total: 2 }, takesAway: { total: 1 } });
  });

  it('is nothing where it is the same commit', () => {
    expect(codeChangeOf(here, { forward: same }, [])).toMatchObject({ files: 0, brings: { total: 0 } });
  });

  it('keeps a few commits of many, and counts them all', () => {
    const commits = Array.from({ length: 30 }, (_, index) => aCommit(index));

    const { brings } = codeChangeOf(here, { forward: { ...ahead, commits, totalCommits: 400 } }, []);

    expect(brings.total).toBe(400);
    expect(brings.newest.map(({ title }) => title)).toEqual(
      [29, 28, 27, 26, 25].map((index) => `Change ${index}`),
    );
  });

  it.each([
    [{ login: 'octocat' }, 'octocat'],
    [{}, undefined],
    [{ name: 'x'.repeat(500) }, 'x'.repeat(100)],
  ])('names the author of %j as far as anybody knows them', (author, named) => {
    const forward = { ...ahead, commits: [{ ...aCommit(1), author }] };

    expect(codeChangeOf(here, { forward }, []).brings.newest[0]?.author).toBe(named);
  });

  it('keeps of a message its title, and not for ever', () => {
    const forward = { ...ahead, commits: [aCommit(1, `${'x'.repeat(500)}\n\nMore`)] };

    expect(codeChangeOf(here, { forward }, []).brings.newest[0]?.title).toBe('x'.repeat(200));
  });

  it('names what comes and goes of the files that change the database, where somebody said which they are', () => {
    const forward = {
      ...ahead,
      files: [aFile('db/1.sql', 'added'), aFile('db/0.sql', 'removed'), aFile('a.ts')],
    };
    const backward = { ...behind, files: [aFile('db/7.sql', 'added')] };

    const change = codeChangeOf(here, { forward, backward }, ['nowhere/*', 'db/*.sql']);

    expect(change.migrations).toEqual({
      brings: { total: 1, names: ['db/1.sql'] },
      takesAway: { total: 1, names: ['db/7.sql'] },
    });
    expect(codeChangeOf(here, { forward }, [])).not.toHaveProperty('migrations');
  });

  it('names some of many migrations, and says how many there are', () => {
    const files = Array.from({ length: 25 }, (_, index) => aFile(`db/${index}.sql`, 'added'));

    const { migrations } = codeChangeOf(here, { forward: { ...ahead, files } }, ['db/*']);

    expect(migrations?.brings.total).toBe(25);
    expect(migrations?.brings.names).toHaveLength(10);
  });

  it.each(['forward', 'backward'] as const)('may be more than is listed of the files %s', (which) => {
    const files = Array.from({ length: 300 }, (_, index) => aFile(`${index}.ts`));
    const both = { forward: ahead, backward: behind };

    expect(codeChangeOf(here, both, []).isCut).toBe(false);
    expect(codeChangeOf(here, { ...both, [which]: { ...both[which], files } }, []).isCut).toBe(true);
  });

  it('may be kept', () => {
    const change = codeChangeOf(here, { forward: ahead }, ['db/*']);
    const changes = { kind: 'known', of: 'x', changes: [change], unknownIn: [] };

    expect(CodeChanges.parse(JSON.parse(JSON.stringify(changes)))).toEqual(changes);
  });
});

describe('what was read of the code', () => {
  const plan = aPlan();
  const read = { kind: 'unknown', of: comparedIn(plan), says: 'GitHub does not answer.' } as const;

  it('counts for a deployment that would bring exactly that', () => {
    expect(codeChangesOf(aDeployment([{ type: 'changes-read', changes: read }]))).toEqual(read);
    expect(codeChangesOf(aDeployment())).toBeUndefined();
  });

  it.each([
    ['something else is live', aPlan({ from: { 'eu-west-1': aLive({ commit: base }) } })],
    ['it is not known what is live', aPlan({ from: { 'eu-west-1': withoutCommit(aLive()) } })],
    ['another commit goes out', aPlan({ to: aRelease({ commit: base }) })],
    ['it goes elsewhere too', aPlan({ from: { ...aPlan().from, 'us-east-1': aLive() } })],
  ])('says nothing where %s', (_when, other) => {
    const deployment = aDeployment([
      aRequestedEvent(),
      { type: 'changes-read', changes: read },
      { type: 'replanned', plan: other },
    ]);

    expect(codeChangesOf(deployment)).toBeUndefined();
  });

  it('leaves buttons as they are', () => {
    const before = aDeployment();
    const after = aDeployment([{ type: 'changes-read', changes: read }]);

    expect(after.generation).toBe(before.generation);
  });

  it('is the same for the same commits in whatever order, also where there is none', () => {
    const [europe, america] = [aLive(), aLive({ commit: base })];
    const one = aPlan({ from: { 'eu-west-1': europe, 'us-east-1': america } });
    const other = aPlan({ from: { 'us-east-1': america, 'eu-west-1': europe } });
    const { commit: _none, ...nameless } = aRelease();

    expect(comparedIn(one)).toBe(comparedIn(other));
    expect(comparedIn(aPlan({ to: nameless }))).not.toBe(comparedIn(aPlan()));
  });
});
