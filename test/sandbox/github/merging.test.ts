import { describe, expect, it } from 'vitest';
import { place, refusal } from './start-github.ts';
import { banner, withPull } from './with-pull.ts';

describe('merging', () => {
  async function merged(merge_method: 'merge' | 'squash' | 'rebase') {
    const started = await withPull();
    const { data } = await started.app.pulls.merge({ ...started.pull, merge_method, sha: started.head });
    const commit = await started.app.repos.getCommit({ ...place, ref: data.sha });
    const main = await started.app.git.getRef({ ...place, ref: 'heads/main' });
    const files = await started.app.repos.compareCommitsWithBasehead({
      ...place,
      basehead: `v2...${data.sha}`,
    });
    return { ...started, merge: data, commit: commit.data, main: main.data.object.sha, files: files.data };
  }

  it('by a merge makes a commit with both parents', async () => {
    const { merge, commit, main, head } = await merged('merge');

    expect(main).toBe(merge.sha);
    expect(commit.commit.message).toBe('Merge pull request #1 from acme/feature/banner\n\nShow a banner');
    expect(commit.parents.map(({ sha }) => sha)[1]).toBe(head);
  });

  it('by squashing makes one commit of the author', async () => {
    const { commit, files } = await merged('squash');

    expect(commit.parents).toHaveLength(1);
    expect(commit.author?.login).toBe('maya-p');
    expect(commit.commit.message).toBe(
      'Show a banner (#1)\n\n* Add a banner\n\nAsked for by sales.\n\n* Test the banner',
    );
    expect(files.files?.map(({ filename }) => filename)).toContain('src/banner.txt');
  });

  it('by rebasing makes each commit anew, on top', async () => {
    const { commit, files, head, merge } = await merged('rebase');

    expect(merge.sha).not.toBe(head);
    expect(commit.commit).toMatchObject({ message: 'Test the banner', author: { name: 'Sam Okafor' } });
    expect(files).toMatchObject({ status: 'ahead', ahead_by: 2 });
    expect(files.files?.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
      'added .github/workflows/ci.yml',
      'removed README.md',
      'added src/banner.test.js',
      'added src/banner.txt',
    ]);
  });

  it('is told by the pull request, by its commits, and a second time refused', async () => {
    const { app, pull, merge, head } = await merged('squash');

    const { data } = await app.pulls.get(pull);
    const ofMerge = await app.repos.listPullRequestsAssociatedWithCommit({ ...place, commit_sha: merge.sha });
    const ofHead = await app.repos.listPullRequestsAssociatedWithCommit({ ...place, commit_sha: head });
    const again = await refusal(app.pulls.merge(pull));

    expect(data).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merge.sha,
      merged_by: { login: 'forge[bot]' },
    });
    expect(ofMerge.data.map(({ number }) => number)).toEqual([1]);
    expect(ofHead.data.map(({ number }) => number)).toEqual([1]);
    expect(again.status).toBe(405);
  });

  it('is refused when the branch is not where it was', async () => {
    const { app, pull } = await withPull();

    const refused = await refusal(app.pulls.merge({ ...pull, sha: 'a'.repeat(40) }));

    expect(refused).toMatchObject({ status: 409, message: /Head branch was modified/ });
  });

  it('happens once, however many ask at the same time', async () => {
    const { app, pull, head } = await withPull();

    const results = await Promise.allSettled(
      [1, 2, 3].map(() => app.pulls.merge({ ...pull, sha: head, merge_method: 'squash' })),
    );
    const { data } = await app.repos.compareCommitsWithBasehead({ ...place, basehead: 'v2...main' });

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(data.ahead_by).toBe(1);
  });

  it('is refused by a method that the repository does not allow', async () => {
    const { app, github, pull } = await withPull();
    for (const repository of github.hub.repositories.values()) repository.merges.rebase = false;

    const refused = await refusal(app.pulls.merge({ ...pull, merge_method: 'rebase' }));

    expect(refused).toMatchObject({ status: 405, message: /Rebase merges are not allowed/ });
  });
});

describe('reverting', () => {
  const mutation = `mutation ($id: ID!, $title: String) {
    revertPullRequest(input: { pullRequestId: $id, title: $title, body: "Back." }) { revertPullRequest { number } }
  }`;
  type Reverted = { revertPullRequest: { revertPullRequest: { number: number } } };

  it.each(['merge', 'squash', 'rebase'] as const)(
    'takes back what came by %s, and leaves what came later',
    async (merge_method) => {
      const { app, as, pull } = await withPull();
      await app.pulls.merge({ ...pull, merge_method });
      const { data } = await app.pulls.get(pull);
      await as('sam-okafor')
        .pulls.create({ ...banner, head: 'feature/clash' })
        .catch(() => undefined);

      const answer = await app.graphql<Reverted>(mutation, {
        id: data.node_id,
        title: 'Take the banner back',
      });
      const revert = { ...place, pull_number: answer.revertPullRequest.revertPullRequest.number };
      const opened = await app.pulls.get(revert);
      await app.pulls.merge({ ...revert, merge_method: 'squash' });
      const { data: rest } = await app.repos.compareCommitsWithBasehead({ ...place, basehead: 'v2...main' });

      expect(opened.data).toMatchObject({
        title: 'Take the banner back',
        body: 'Back.',
        head: { ref: 'revert-1-feature/banner' },
        base: { ref: 'main' },
      });
      expect(rest.files).toEqual([]);
    },
  );

  it('is refused for one that is not merged', async () => {
    const { app, pull } = await withPull();
    const { data } = await app.pulls.get(pull);

    await expect(app.graphql(mutation, { id: data.node_id })).rejects.toThrow(/not merged/);
  });
});
