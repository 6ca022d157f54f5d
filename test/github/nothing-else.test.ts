import { describe, expect, it } from 'vitest';
import { aPull, otherSha, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const one = 'GET /repos/acme/api/pulls/7';
const list = 'GET /repos/acme/api/pulls';
const put = 'PUT /repos/acme/api/pulls/7/merge';
const reviews = 'GET /repos/acme/api/pulls/7/reviews';

describe('a merge', () => {
  it('is asked for of exactly the commit that was checked', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(put, { body: { merged: true, sha: otherSha } });

    await host.merge(repository, { number: 7, head: sha, method: 'squash' }, options);

    expect(asked.map(({ body }) => body)).toEqual([{ sha, merge_method: 'squash' }]);
  });

  it('is none where GitHub answers that it did not merge', async () => {
    const { host, answer } = await scriptedGithub();
    answer(put, { body: { merged: false, sha: otherSha, message: 'Not yet' } });

    const merging = host.merge(repository, { number: 7, head: sha, method: 'squash' }, options);

    await expect(merging).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
  });
});

describe('the open pull request of a branch', () => {
  const side = (ref: string) => ({ ref, sha, repo: { full_name: repository } });

  it.each([
    ['of another branch', { head: side('feature/y') }],
    ['into another base', { base: side('release') }],
  ])('is not one %s, though GitHub passes over what it was asked for', async (_, changed) => {
    const { host, answer } = await scriptedGithub();
    answer(list, { body: [aPull(changed)] });
    answer(one, { body: aPull(changed) });

    expect(
      await host.openPullRequest(repository, { head: 'feature/x', base: 'main' }, options),
    ).toBeUndefined();
  });
});

describe('a pull request that is not merged', () => {
  it('is not taken back, and nothing is asked of GitHub', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(one, { body: aPull() });

    const reverting = host.revert(repository, { number: 7, title: 'Revert', body: '' }, options);

    await expect(reverting).rejects.toThrow('it is not merged');
    expect(asked.filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
  });
});

describe('a review', () => {
  const sam = { user: { login: 'sam' }, commit_id: sha };

  it('keeps its verdict when the same person comments afterwards, and changes it with another verdict', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api/collaborators/sam/permission', { body: { permission: 'write' } });
    const said = (...states: string[]) =>
      answer(reviews, { body: states.map((state, index) => ({ ...sam, id: index + 1, state })) });
    const verdicts = async () => (await host.reviews(repository, 7, options)).map(({ verdict }) => verdict);

    said('CHANGES_REQUESTED', 'COMMENTED');
    expect(await verdicts()).toEqual(['changes-requested']);
    said('CHANGES_REQUESTED', 'COMMENTED', 'APPROVED');
    expect(await verdicts()).toEqual(['approved']);
    said('APPROVED', 'CHANGES_REQUESTED');
    expect(await verdicts()).toEqual(['changes-requested']);
  });
});
