import { describe, expect } from 'vitest';
import { options, type Setup } from '../code-host.ts';

const nobody = 'f'.repeat(40);

export function codeHostHistory({ open, it }: Setup): void {
  describe('what refs, commits and files are', () => {
    it('tells a branch, also one whose name has slashes and signs of addresses', async () => {
      const { host, repository, push } = await open();
      const sha = await push('feature/what#now&then=100%', { files: { 'a.txt': 'a\n' } });

      const now = await host.ref(repository, 'feature/what#now&then=100%', options);

      expect(now).toEqual({ kind: 'branch', sha });
    });

    it('does not take the beginning of a branch’s name for a branch', async () => {
      const { host, repository, push } = await open();
      await push('feature/banner', { files: { 'a.txt': 'a\n' } });

      const now = await Promise.all(
        ['feature', 'feature/ban', 'feature/'].map((ref) => host.ref(repository, ref, options)),
      );

      expect(now).toEqual([{ kind: 'absent' }, { kind: 'absent' }, { kind: 'absent' }]);
    });

    it('tells a tag with its commit', async () => {
      const { host, repository, push, tag } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });
      await tag('v1.2.0', sha);

      expect(await host.ref(repository, 'v1.2.0', options)).toEqual({ kind: 'tag', sha });
    });

    it('tells a commit by its sha and by its beginning', async () => {
      const { host, repository, push } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });

      const now = [
        await host.ref(repository, sha, options),
        await host.ref(repository, sha.slice(0, 7), options),
      ];

      expect(now).toEqual([
        { kind: 'commit', sha },
        { kind: 'commit', sha },
      ]);
    });

    it('says that a branch is absent once it is deleted, and what git would not call anything', async () => {
      const { host, repository, push, deleteBranch } = await open();
      await push('gone', { files: { 'a.txt': 'a\n' } });
      await deleteBranch('gone');

      const refs = [
        'gone',
        'never-there',
        nobody,
        'fffffff',
        '..',
        '.',
        '',
        'a b',
        'a..b',
        '../../user',
        'a\n',
      ];
      const now = await Promise.all(refs.map((ref) => host.ref(repository, ref, options)));

      expect(new Set(now.map(({ kind }) => kind))).toEqual(new Set(['absent']));
    });

    it('refuses to tell of a repository nobody sees', async () => {
      const { host } = await open();

      const read = host.ref('acme/nowhere-to-be-found', 'main', options);

      await expect(read).rejects.toMatchObject({ name: 'CodeHostRefused', why: 'not-found' });
    });

    it('lists every branch and tag, and what moved since', async () => {
      const { host, repository, push, tag } = await open();
      const first = await push('main', { files: { 'a.txt': 'a\n' } });
      await tag('v1.2.0', first);
      const before = await host.refs(repository, options);
      const second = await push('main', { files: { 'a.txt': 'b\n' } });
      const other = await push('feature/x', { files: { 'b.txt': 'b\n' } });

      const now = await host.refs(repository, options);

      expect([before.branches.main, before.tags['v1.2.0']]).toEqual([first, first]);
      expect(now.branches).toMatchObject({ main: second, 'feature/x': other });
      expect(now.tags['v1.2.0']).toBe(first);
    });

    it('lists more refs than fit on a page', async () => {
      const { host, repository, push, tag, tagAll = oneByOne(tag) } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });
      const names = Array.from({ length: 120 }, (_, index) => `t${index}`);
      await tagAll(names, sha);

      const { tags } = await host.refs(repository, options);

      expect(names.filter((name) => tags[name] !== sha)).toEqual([]);
    });

    it('tells a commit as it was written', async () => {
      const { host, repository, push } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' }, message: 'Add *a*\n\nBecause <b>.' });

      const commit = await host.commit(repository, sha, options);

      expect(commit).toMatchObject({ sha, message: 'Add *a*\n\nBecause <b>.' });
      expect(commit?.author.name).toEqual(expect.any(String));
      expect(commit?.at).toBeGreaterThan(Date.UTC(2020, 0));
    });

    it('knows no commit that is not there', async () => {
      const { host, repository } = await open();

      const found = [
        await host.commit(repository, nobody, options),
        await host.commit(repository, 'main', options),
      ];

      expect(found).toEqual([undefined, undefined]);
    });

    it('tells that a commit is of a branch that has it, wherever it is in it', async () => {
      const { host, repository, push } = await open();
      const old = await push('main', { files: { 'a.txt': 'a\n' } });
      const now = await push('main', { files: { 'a.txt': 'b\n' } });
      const side = await push('side', { files: { 'b.txt': 'b\n' } });
      await push('side', { files: { 'b.txt': 'c\n' } });

      const found = await Promise.all(
        [old, now, side].map((sha) => host.belonging(repository, sha, options)),
      );

      expect(found.map(({ kind }) => kind)).toEqual(['on', 'on', 'on']);
      expect(found[2]).toEqual({ kind: 'on', ref: 'side' });
    });

    it('tells that a commit is of a tag that has it, though its branch is gone', async () => {
      const { host, repository, push, tag, deleteBranch } = await open();
      const sha = await push('gone', { files: { 'a.txt': 'a\n' } });
      await tag('v1.2.0', await push('gone', { files: { 'a.txt': 'b\n' } }));
      await deleteBranch('gone');

      expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on', ref: 'v1.2.0' });
    });

    it('tells that a commit is of no branch and no tag, though it can be read', async () => {
      const { host, repository, push, deleteBranch } = await open();
      const sha = await push('gone', { files: { 'a.txt': 'a\n' } });
      await deleteBranch('gone');

      const read = await host.ref(repository, sha, options);

      expect(read).toEqual({ kind: 'commit', sha });
      expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on-none' });
    });

    it('compares two commits: what one has that the other has not', async () => {
      const { host, repository, push } = await open();
      await push('feature/x', { files: { 'a.txt': 'one\ntwo\n' }, message: 'First' });
      const head = await push('feature/x', { files: { 'b.txt': 'three\n' }, message: 'Second' });

      const found = await host.compare(repository, { base: 'main', head }, options);

      expect(found).toMatchObject({ status: 'ahead', totalCommits: 2, additions: 3, deletions: 0 });
      expect(found.url).toContain(`/compare/main...${head}`);
      expect(found.commits.map(({ message }) => message)).toEqual(['First', 'Second']);
      expect(found.files).toEqual([
        { path: 'a.txt', status: 'added', additions: 2, deletions: 0 },
        { path: 'b.txt', status: 'added', additions: 1, deletions: 0 },
      ]);
    });

    it('tells which way two commits lie', async () => {
      const { host, repository, push } = await open();
      const old = await push('main', { files: { 'a.txt': 'a\n' } });
      const side = await push('side', { files: { 'b.txt': 'b\n' } });
      const now = await push('main', { files: { 'a.txt': 'c\n' } });

      const status = async (base: string, head: string) =>
        (await host.compare(repository, { base, head }, options)).status;

      expect([
        await status(now, now),
        await status(old, now),
        await status(now, old),
        await status(now, side),
      ]).toEqual(['identical', 'ahead', 'behind', 'diverged']);
    });

    it('reads a file as it was at a commit', async () => {
      const { host, repository, push } = await open();
      const old = await push('main', { files: { 'docs/grüße & more.md': 'Grüße\n' } });
      const now = await push('main', { files: { 'docs/grüße & more.md': 'Bye\n' } });

      const read = (sha: string) => host.file(repository, { path: 'docs/grüße & more.md', sha }, options);

      expect([await read(old), await read(now)]).toEqual(['Grüße\n', 'Bye\n']);
    });

    it('knows no file that is not there, and no folder', async () => {
      const { host, repository, push } = await open();
      const sha = await push('main', { files: { 'docs/a.md': 'a\n' } });

      const read = (path: string) => host.file(repository, { path, sha }, options);

      expect([await read('nothing.md'), await read('docs')]).toEqual([undefined, undefined]);
    });
  });
}

function oneByOne(tag: (name: string, at: string) => Promise<void>) {
  return async (names: readonly string[], at: string): Promise<void> => {
    for (const name of names) await tag(name, at);
  };
}
