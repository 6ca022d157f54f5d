import { describe, expect, it } from 'vitest';
import { aPull, otherSha, sha } from './answers.ts';
import { type Answer, options, repository, scriptedGithub } from './scripted-github.ts';

const one = 'GET /repos/acme/api/pulls/7';
const list = 'GET /repos/acme/api/pulls';
const create = 'POST /repos/acme/api/pulls';
const put = 'PUT /repos/acme/api/pulls/7/merge';
const ask = 'POST /repos/acme/api/pulls/7/requested_reviewers';
const reviews = 'GET /repos/acme/api/pulls/7/reviews';
const request = { head: 'feature/x', base: 'main', title: 'Add', body: '' };
const merge = { number: 7, head: sha, method: 'squash' } as const;

const refusal = (status: number, message: string): Answer => ({ status, body: { message } });

describe('a pull request', () => {
  it.each([
    [{ mergeable: true, mergeable_state: 'clean' }, 'yes'],
    [{ mergeable: true, mergeable_state: 'unstable' }, 'yes'],
    [{ mergeable: true, mergeable_state: 'blocked' }, 'blocked'],
    [{ mergeable: true, mergeable_state: 'behind' }, 'behind'],
    [{ mergeable: true, mergeable_state: 'something-new' }, 'unknown'],
    [{ mergeable: null, mergeable_state: 'unknown' }, 'unknown'],
    [{ mergeable: null, mergeable_state: 'clean' }, 'unknown'],
    [{ mergeable: false, mergeable_state: 'dirty' }, 'conflict'],
    [{ mergeable: false, mergeable_state: 'unknown' }, 'conflict'],
  ])('that GitHub calls %j is %s', async (state, mergeable) => {
    const { host, answer } = await scriptedGithub();
    answer(one, { body: aPull(state) });

    expect((await host.pullRequest(repository, 7, options)).mergeable).toBe(mergeable);
  });

  it('shows no merge commit before it is merged: GitHub then names one that is on no branch', async () => {
    const { host, answer } = await scriptedGithub();
    answer(one, { body: aPull() });

    expect(await host.pullRequest(repository, 7, options)).not.toHaveProperty('mergeCommit');
  });

  it('that is there already is given, and none of a fork with the same branch', async () => {
    const { host, answer } = await scriptedGithub();
    const fork = { ref: 'feature/x', sha, repo: { full_name: 'mallory/api' } };
    answer(create, refusal(422, 'A pull request already exists for acme:feature/x.'));
    answer(list, { body: [aPull({ number: 6, head: fork }), aPull()] });
    answer(one, { body: aPull() });

    expect(await host.createPullRequest(repository, request, options)).toMatchObject({ number: 7 });
  });

  it('is not taken for open where nobody knows whether it was opened', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(create, { status: 502 });

    const failed = host.createPullRequest(repository, request, options);

    await expect(failed).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
    expect(asked).toHaveLength(1);
  });
});

describe('a merge that GitHub does not make', () => {
  it.each<[string, Answer, Record<string, unknown>, RegExp]>([
    ['is a draft', refusal(405, 'Draft'), { draft: true }, /draft/],
    ['is closed', refusal(405, 'Not open'), { state: 'closed' }, /closed without being merged/],
    [
      'conflicts',
      refusal(405, 'Not mergeable'),
      { mergeable: false, mergeable_state: 'dirty' },
      /conflicts with main/,
    ],
    ['is behind', refusal(405, 'Out of date'), { mergeable_state: 'behind' }, /behind main/],
    [
      'lacks a review',
      refusal(405, 'At least 1 approving review is required by reviewers with write access.'),
      { mergeable_state: 'blocked' },
      /At least 1 approving review is required by reviewers with write access\.$/,
    ],
    [
      'may not be squashed',
      refusal(405, 'Squash merges are not allowed on this repository.'),
      {},
      /Squash merges are not allowed on this repository\.$/,
    ],
  ])('because it %s is refused with why', async (_, answer, pull, reason) => {
    const { host, answer: answerWith } = await scriptedGithub();
    answerWith(put, answer);
    answerWith(one, { body: aPull(pull) });

    const outcome = await host.merge(repository, merge, options);

    expect(outcome).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it('because its head is another says which', async () => {
    const { host, answer } = await scriptedGithub();
    answer(put, refusal(409, 'Head branch was modified. Review and try the merge again.'));
    answer(one, { body: aPull({ head: { ref: 'feature/x', sha: otherSha } }) });

    expect(await host.merge(repository, merge, options)).toEqual({ kind: 'moved', head: otherSha });
  });

  it('because it is merged already says so', async () => {
    const { host, answer } = await scriptedGithub();
    answer(put, refusal(405, 'Pull Request is not mergeable'));
    answer(one, { body: aPull({ state: 'closed', merged: true, merge_commit_sha: otherSha }) });

    expect(await host.merge(repository, merge, options)).toEqual({ kind: 'merged', sha: otherSha });
  });

  it('because it was merged at another commit does not say that this one was', async () => {
    const { host, answer } = await scriptedGithub();
    const head = { ref: 'feature/x', sha: otherSha };
    answer(put, refusal(405, 'Pull Request is not mergeable'));
    answer(one, { body: aPull({ state: 'closed', merged: true, head }) });

    expect(await host.merge(repository, merge, options)).toEqual({ kind: 'moved', head: otherSha });
  });

  it('because another merge came before is tried again', async () => {
    const { host, answer, asked } = await scriptedGithub();
    const before = refusal(405, 'Base branch was modified. Review and try the merge again.');
    answer(put, before, before, { body: { merged: true, sha: otherSha } });

    expect(await host.merge(repository, merge, options)).toEqual({ kind: 'merged', sha: otherSha });
    expect(asked.map(({ body }) => body)).toEqual(Array(3).fill({ sha, merge_method: 'squash' }));
  });

  it('because Forge may not names the permission', async () => {
    const { host, answer } = await scriptedGithub();
    answer(put, refusal(403, 'Resource not accessible by integration'));

    const failed = host.merge(repository, merge, options);

    await expect(failed).rejects.toMatchObject({
      why: 'forbidden',
      message: expect.stringMatching(/“Contents: read and write”/),
    });
  });
});

describe('asking for reviews', () => {
  it('asks one by one where GitHub takes not all, and tells why', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(one, { body: aPull({ requested_reviewers: [{ login: 'There-Already' }] }) });
    answer(reviews, { body: [{ id: 1, user: { login: 'reviewed' }, state: 'APPROVED' }] });
    answer(
      ask,
      refusal(422, 'Reviews may only be requested from collaborators.'),
      { status: 201, body: { requested_reviewers: [{ login: 'Sam' }] } },
      refusal(422, 'nobody is not a collaborator.'),
      { status: 201, body: { requested_teams: [{ slug: 'platform' }] } },
      { status: 201, body: { requested_reviewers: [] } },
    );
    const reviewers = [
      '@sam',
      'nobody',
      'acme/platform',
      'quiet',
      'other/team',
      'maya-p',
      'there-already',
      'reviewed',
    ];

    const { notAsked } = await host.askReviewers(repository, { number: 7, reviewers }, options);

    expect(notAsked.map(({ reviewer, why }) => `${reviewer}: ${why}`)).toEqual([
      'other/team: only teams of acme can review here',
      'maya-p: the author of a pull request cannot review it',
      'nobody: nobody is not a collaborator',
      expect.stringMatching(/^quiet: GitHub did not take the request/),
    ]);
    expect(asked.filter(({ line }) => line === ask).map(({ body }) => body)).toEqual([
      { reviewers: ['sam', 'nobody', 'quiet'], team_reviewers: ['platform'] },
      { reviewers: ['sam'], team_reviewers: [] },
      { reviewers: ['nobody'], team_reviewers: [] },
      { reviewers: [], team_reviewers: ['platform'] },
      { reviewers: ['quiet'], team_reviewers: [] },
    ]);
  });
});

describe('a review', () => {
  it.each([
    ['somebody who may write', { permission: 'write' }, {}, true],
    ['an administrator', { permission: 'admin' }, {}, true],
    ['somebody who may only read', { permission: 'read' }, {}, false],
    ['a bot', { permission: 'admin' }, { user: { login: 'sam', type: 'Bot' } }, false],
  ])('of %s counts or not', async (_, permission, changed, isCounted) => {
    const { host, answer } = await scriptedGithub();
    answer(reviews, {
      body: [{ id: 1, user: { login: 'sam' }, state: 'APPROVED', commit_id: sha, ...changed }],
    });
    answer('GET /repos/acme/api/collaborators/sam/permission', { body: permission });

    expect((await host.reviews(repository, 7, options)).map(({ counts }) => counts)).toEqual([isCounted]);
  });

  it.each([
    ['OWNER', true],
    ['MEMBER', false],
    ['COLLABORATOR', false],
  ])('of a %s counts or not where GitHub does not say what they may do', async (association, isCounted) => {
    const { host, answer } = await scriptedGithub();
    const review = { id: 1, user: { login: 'sam' }, state: 'APPROVED', commit_id: sha };
    answer(reviews, { body: [{ ...review, author_association: association }] });
    answer('GET /repos/acme/api/collaborators/sam/permission', { status: 403, body: { message: 'No' } });

    expect((await host.reviews(repository, 7, options)).map(({ counts }) => counts)).toEqual([isCounted]);
  });

  it('that was dismissed is no approval, and one that is not sent yet none at all', async () => {
    const { host, answer } = await scriptedGithub();
    const sam = { id: 1, user: { login: 'sam' }, commit_id: sha };
    const draft = { id: 3, user: { login: 'lena' }, state: 'PENDING' };
    answer(reviews, { body: [{ ...sam, state: 'APPROVED' }, { ...sam, id: 2, state: 'DISMISSED' }, draft] });
    answer('GET /repos/acme/api/collaborators/sam/permission', { body: { permission: 'admin' } });

    expect((await host.reviews(repository, 7, options)).map(({ verdict }) => verdict)).toEqual(['dismissed']);
  });
});
