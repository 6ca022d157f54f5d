import { describe, expect, it } from 'vitest';
import { place, refusal, startGithub } from './start-github.ts';
import { banner, withPull } from './with-pull.ts';

describe('opening a pull request', () => {
  it('shows it with its ends, its author and how much it changes', async () => {
    const { app, pull } = await withPull();

    const { data } = await app.pulls.get(pull);

    expect(data).toMatchObject({
      number: 1,
      state: 'open',
      title: 'Show a banner',
      user: { login: 'maya-p' },
      author_association: 'MEMBER',
      head: { ref: 'feature/banner', label: 'acme:feature/banner' },
      base: { ref: 'main' },
      commits: 2,
      changed_files: 4,
      merged: false,
    });
  });

  it('is of the App where the App did it', async () => {
    const { app } = await startGithub();

    const { data } = await app.pulls.create(banner);

    expect(data.user).toMatchObject({ login: 'forge[bot]', type: 'Bot' });
  });

  it.each([
    [
      'twice',
      { head: 'feature/banner' },
      { message: 'A pull request already exists for acme:feature/banner.' },
    ],
    ['for a branch without commits', { head: 'main' }, { message: 'No commits between main and main' }],
    ['for a branch that is not there', { head: 'nowhere' }, { field: 'head', code: 'invalid' }],
    [
      'into a branch that is not there',
      { head: 'feature/clash', base: 'nowhere' },
      { field: 'base', code: 'invalid' },
    ],
  ])('is refused %s', async (_, ends, detail) => {
    const { app } = await withPull();

    const refused = await refusal(app.pulls.create({ ...banner, ...ends }));

    expect(refused).toMatchObject({
      status: 422,
      response: { data: { message: 'Validation Failed', errors: [detail] } },
    });
  });

  it('opens one, however many ask at the same time', async () => {
    const { app } = await startGithub();

    const results = await Promise.allSettled([1, 2, 3].map(() => app.pulls.create(banner)));
    const { data } = await app.pulls.list(place);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(data).toHaveLength(1);
  });

  it('is refused without a title, naming the field', async () => {
    const { app } = await startGithub();

    const refused = await refusal(app.request('POST /repos/acme/api/pulls', { head: 'x', base: 'main' }));

    expect(refused.response.data.errors).toMatchObject([{ field: 'title', code: 'missing_field' }]);
  });

  it('finds it by its ends afterwards, and only the open ones', async () => {
    const { app, pull } = await withPull();
    const wanted = { ...place, head: 'acme:feature/banner', base: 'main' };

    const found = await app.pulls.list(wanted);
    await app.pulls.update({ ...pull, state: 'closed' });
    const open = await app.pulls.list(wanted);
    const closed = await app.pulls.list({ ...wanted, state: 'closed' });

    expect(found.data.map(({ number }) => number)).toEqual([1]);
    expect(open.data).toEqual([]);
    expect(closed.data).toHaveLength(1);
  });
});

describe('reviewers and reviews', () => {
  it('asks people and teams, and not the author or a stranger', async () => {
    const { app, pull } = await withPull();

    const { data } = await app.pulls.requestReviewers({
      ...pull,
      reviewers: ['sam-okafor'],
      team_reviewers: ['platform'],
    });
    const author = await refusal(app.pulls.requestReviewers({ ...pull, reviewers: ['maya-p', 'lena-f'] }));
    const stranger = await refusal(app.pulls.requestReviewers({ ...pull, reviewers: ['nobody'] }));
    const asked = await app.pulls.listRequestedReviewers(pull);

    expect(data.requested_reviewers?.map(({ login }) => login)).toEqual(['sam-okafor']);
    expect(author).toMatchObject({ status: 422, message: /pull request author/ });
    expect(stranger).toMatchObject({ status: 422, message: /only be requested from collaborators/ });
    expect(asked.data.users.map(({ login }) => login)).toEqual(['sam-okafor']);
    expect(asked.data.teams.map(({ slug }) => slug)).toEqual(['platform']);
  });

  it('keeps every verdict with who gave it, and asks them no more', async () => {
    const { app, as, pull } = await withPull();
    await app.pulls.requestReviewers({ ...pull, reviewers: ['sam-okafor'] });

    await as('sam-okafor').pulls.createReview({ ...pull, event: 'REQUEST_CHANGES', body: 'Shorter.' });
    await as('sam-okafor').pulls.createReview({ ...pull, event: 'APPROVE' });
    const own = await refusal(as('maya-p').pulls.createReview({ ...pull, event: 'APPROVE' }));
    const { data } = await app.pulls.listReviews(pull);
    const asked = await app.pulls.listRequestedReviewers(pull);

    expect(data.map(({ user, state }) => [user?.login, state])).toEqual([
      ['sam-okafor', 'CHANGES_REQUESTED'],
      ['sam-okafor', 'APPROVED'],
    ]);
    expect(own.response.data.errors).toEqual(['Can not approve your own pull request']);
    expect(asked.data.users).toEqual([]);
  });
});

describe('labels', () => {
  it('are made when they are new, and there once', async () => {
    const { app, pull } = await withPull();
    const issue = { ...place, issue_number: pull.pull_number };

    await app.issues.addLabels({ ...issue, labels: ['shipped-by-forge', 'banner'] });
    const { data } = await app.issues.addLabels({ ...issue, labels: ['Banner'] });

    expect(data.map(({ name }) => name)).toEqual(['shipped-by-forge', 'banner']);
  });
});
