import { describe, expect, it } from 'vitest';
import { sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const tip = (index: number) => index.toString(16).padStart(40, '0');
const refOf = (name: string, index: number) => ({ name, commit: { sha: tip(index) } });
const compared = (index: number) => `GET /repos/acme/api/compare/${tip(index)}...${sha}`;

/** A repository of these branches, whose first is the default one; no pull request is about the commit. */
async function withBranches(names: readonly string[]) {
  const github = await scriptedGithub();
  github.answer('GET /repos/acme/api', { body: { id: 1, default_branch: names[0] ?? 'main' } });
  github.answer('GET /repos/acme/api/branches', { body: names.map((name, at) => refOf(name, at + 1)) });
  github.answer('GET /repos/acme/api/tags', { body: [] });
  const comparisons = () => github.asked.filter(({ line }) => line.includes('/compare/'));
  return { ...github, comparisons };
}

describe('whose a commit is', () => {
  it('is told without comparing where a branch or tag is of it', async () => {
    const { host, answer, comparisons } = await withBranches(['main']);
    answer('GET /repos/acme/api/tags', { body: [{ name: 'v1', commit: { sha } }] });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on', ref: 'v1' });
    expect(comparisons()).toEqual([]);
  });

  it('is told by the default branch first, without the files that differ', async () => {
    const { host, answer, comparisons } = await withBranches(['main', 'a', 'b']);
    answer(compared(1), { body: { status: 'behind' } });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on', ref: 'main' });
    expect(comparisons().map(({ line }) => line)).toEqual([`${compared(1)}?per_page=1&page=2`]);
  });

  it('is told by a branch of a pull request before the others', async () => {
    const { host, answer, comparisons } = await withBranches(['main', 'a', 'b', 'mine']);
    const side = { sha: tip(4), repo: { full_name: 'acme/api' } };
    const pull = { number: 7, state: 'open', head: { ref: 'mine', ...side }, base: { ref: 'main', ...side } };
    answer(`GET /repos/acme/api/commits/${sha}/pulls`, { body: [pull] });
    answer(compared(1), { body: { status: 'diverged' } });
    answer(compared(4), { body: { status: 'identical' } });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on', ref: 'mine' });
    expect(comparisons().map(({ line }) => line.slice(0, -'?per_page=1&page=2'.length))).toContain(
      compared(4),
    );
  });

  it.each(['ahead', 'diverged', 'whatever'])('is nobody’s of whom all branches are %s', async (status) => {
    const { host, answer } = await withBranches(['main', 'a']);
    answer(compared(1), { body: { status } });
    // Nothing in common with it.
    answer(compared(2), { status: 404, body: { message: 'No common ancestor' } });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on-none' });
  });

  it('is not told where there are more branches than are looked at', async () => {
    const names = Array.from({ length: 103 }, (_, index) => `b${index}`);
    const { host, answer, comparisons } = await withBranches(names);
    for (const [index] of names.entries()) answer(compared(index + 1), { body: { status: 'diverged' } });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'unclear', looked: 100, of: 103 });
    expect(comparisons()).toHaveLength(100);
  });

  it('looks once at branches and tags of the same commit', async () => {
    const { host, answer, comparisons } = await withBranches(['main']);
    answer('GET /repos/acme/api/tags', { body: [refOf('v1', 1), refOf('v2', 1)] });
    answer(compared(1), { body: { status: 'diverged' } });

    expect(await host.belonging(repository, sha, options)).toEqual({ kind: 'on-none' });
    expect(comparisons()).toHaveLength(1);
  });

  it('is not known while GitHub does not answer', async () => {
    const { host, answer } = await withBranches(['main', 'a']);
    answer(compared(1), { body: { status: 'diverged' } });
    answer(compared(2), { status: 500 });

    await expect(host.belonging(repository, sha, options)).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
    });
  });
});
