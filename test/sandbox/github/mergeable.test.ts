import { describe, expect, it } from 'vitest';
import { place, refusal } from './start-github.ts';
import { withPull, worked } from './with-pull.ts';

describe('whether a pull request can be merged', () => {
  it('is worked out after somebody asked, and anew when its base moves', async () => {
    const { app, as, pull, runner } = await withPull();
    const states = async () => (await app.pulls.get(pull)).data.mergeable_state;
    runner.finish('success');

    const atFirst = [await states(), await states(), await states()];
    const v1 = await app.git.getRef({ ...place, ref: 'tags/v1' });
    const { sha } = v1.data.object;
    await as('sam-okafor').git.updateRef({ ...place, ref: 'heads/main', sha, force: true });
    const afterwards = [await states(), await states()];

    expect(atFirst).toEqual(['unknown', 'clean', 'clean']);
    expect(afterwards).toEqual(['unknown', 'clean']);
  });

  it('is no where both changed the same', async () => {
    const started = await withPull({ head: 'feature/clash' });

    expect(await worked(started, started.pull)).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    const refused = await refusal(started.app.pulls.merge(started.pull));
    expect(refused).toMatchObject({ status: 405, message: /Pull Request is not mergeable/ });
  });

  it('is no for a draft', async () => {
    const started = await withPull({ draft: true });

    expect((await worked(started, started.pull)).mergeable_state).toBe('draft');
    expect(await refusal(started.app.pulls.merge(started.pull))).toMatchObject({
      status: 405,
      message: /still a draft/,
    });
  });

  it('is unstable while a check that nobody requires failed', async () => {
    const started = await withPull();
    await started
      .as('sam-okafor')
      .repos.createCommitStatus({ ...place, sha: started.head, state: 'failure', context: 'lint' });

    expect((await worked(started, started.pull)).mergeable_state).toBe('unstable');
  });
});

describe('a protected branch', () => {
  async function protectedPull() {
    const started = await withPull();
    await started.as('sam-okafor').repos.updateBranchProtection({
      ...place,
      branch: 'main',
      required_status_checks: { strict: true, contexts: ['CI'] },
      required_pull_request_reviews: { required_approving_review_count: 1 },
      enforce_admins: true,
      restrictions: null,
    });
    return started;
  }

  it('wants its checks, its reviews and everything of its base', async () => {
    const { app, as, pull, head } = await protectedPull();

    const nothing = await refusal(app.pulls.merge(pull));
    await as('sam-okafor').repos.createCommitStatus({ ...place, sha: head, state: 'success', context: 'CI' });
    await as('lena-f').pulls.createReview({ ...pull, event: 'APPROVE' });
    const behind = await refusal(app.pulls.merge(pull));

    expect(nothing).toMatchObject({
      status: 405,
      message: expect.stringContaining(
        'Required status check "CI" is expected. At least 1 approving review is required',
      ),
    });
    expect(behind.message).toMatch(/not up to date with the base branch/);
  });

  it('counts no approval of somebody who may only read', async () => {
    const { as, app, pull } = await protectedPull();

    await as('passer-by').pulls.createReview({ ...pull, event: 'APPROVE' });
    const { data } = await app.pulls.listReviews(pull);

    expect(data).toMatchObject([{ state: 'APPROVED', author_association: 'NONE' }]);
    expect((await refusal(app.pulls.merge(pull))).message).toMatch(/At least 1 approving review/);
  });

  it('takes the newest verdict of each person: one who wants changes blocks', async () => {
    const { as, app, pull } = await protectedPull();

    await as('lena-f').pulls.createReview({ ...pull, event: 'APPROVE' });
    await as('lena-f').pulls.createReview({ ...pull, event: 'REQUEST_CHANGES', body: 'No.' });
    await as('lena-f').pulls.createReview({ ...pull, event: 'COMMENT', body: 'Really.' });
    const refused = await refusal(app.pulls.merge(pull));

    expect(refused.message).toMatch(/Changes were requested/);
    expect(refused.message).toMatch(/At least 1 approving review/);
  });

  it('is moved by nobody directly', async () => {
    const { as, head } = await protectedPull();

    const refused = await refusal(
      as('sam-okafor').git.updateRef({ ...place, ref: 'heads/main', sha: head, force: true }),
    );

    expect(refused).toMatchObject({ status: 422, message: /must be made through a pull request/ });
  });
});
