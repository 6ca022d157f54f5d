import { describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { eventually } from '../world/with-sandbox.ts';
import { listening } from './listening.ts';
import { place, type Started } from './start-github.ts';

/** Moves a branch to the newest commit of main. */
async function moveBranch({ app }: Pick<Started, 'app'>, branch: string) {
  const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
  await app.git.updateRef({ ...place, ref: `heads/${branch}`, sha: data.object.sha, force: true });
  return data.object.sha;
}

describe('webhooks', () => {
  it('are signed, each with an id of its own, and name the installation', async () => {
    const { app, received, events } = await listening();

    await moveBranch({ app }, 'feature/clash');
    await app.git.deleteRef({ ...place, ref: 'heads/feature/clash' });
    await events();

    expect(received.every(({ isSigned }) => isSigned)).toBe(true);
    expect(new Set(received.map(({ guid }) => guid)).size).toBe(received.length);
    expect(received[0]?.body).toMatchObject({
      installation: { id: expect.any(Number) },
      repository: { full_name: 'acme/api' },
      sender: { login: 'forge[bot]' },
    });
  });

  it('tell of a push: from where to where, whether by force, and by whom', async () => {
    const { as, received, events } = await listening();
    const before = await as('maya-p').git.getRef({ ...place, ref: 'heads/feature/clash' });

    const after = await moveBranch({ app: as('drive-by') }, 'feature/clash');
    await events();

    expect(received[0]?.body).toMatchObject({
      ref: 'refs/heads/feature/clash',
      before: before.data.object.sha,
      after,
      forced: true,
      created: false,
      deleted: false,
      head_commit: { id: after, message: 'Greet people' },
      pusher: { name: 'drive-by', email: '105+drive-by@users.noreply.github.com' },
      sender: { login: 'drive-by' },
    });
  });

  it('tell of tags and branches that come and go', async () => {
    const { app, received, events } = await listening();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
    await app.git.createRef({ ...place, ref: 'refs/tags/v3', sha: data.object.sha });
    await app.git.deleteRef({ ...place, ref: 'tags/v3' });

    expect(await events()).toEqual(['push', 'create', 'push', 'delete']);
    expect(received.map(({ body }) => body)).toMatchObject([
      { ref: 'refs/tags/v3', created: true, before: '0'.repeat(40) },
      { ref: 'v3', ref_type: 'tag' },
      { ref: 'refs/tags/v3', deleted: true, after: '0'.repeat(40), head_commit: null },
      { ref: 'v3', ref_type: 'tag' },
    ]);
  });

  it('tell the life of a pull request', async () => {
    const { app, as, events, runner, received } = await listening();

    const { data } = await app.pulls.create({
      ...place,
      head: 'feature/banner',
      base: 'main',
      title: 'Banner',
    });
    const pull = { ...place, pull_number: data.number };
    runner.finish('success');
    await app.pulls.requestReviewers({ ...pull, reviewers: ['sam-okafor'] });
    await as('sam-okafor').pulls.createReview({ ...pull, event: 'APPROVE' });
    await as('lena-f').repos.createCommitStatus({
      ...place,
      sha: data.head.sha,
      state: 'success',
      context: 'lint',
    });
    await app.pulls.merge(pull);

    expect(await events()).toEqual([
      'pull_request opened',
      'workflow_run requested',
      'check_run created',
      'check_run completed',
      'workflow_run completed',
      'pull_request review_requested',
      'pull_request_review submitted',
      'status',
      'push',
      'workflow_run requested',
      'check_run created',
      'pull_request closed',
    ]);
    expect(received.at(-1)?.body).toMatchObject({
      pull_request: { merged: true, merged_by: { login: 'forge[bot]' } },
    });
    expect(received[6]?.body).toMatchObject({ review: { state: 'approved', user: { login: 'sam-okafor' } } });
  });

  it('come twice, swapped, late or not at all, as they are told', async () => {
    const { app, webhooks, received, events } = await listening();

    webhooks.change({ copies: 2 });
    await moveBranch({ app }, 'feature/clash');
    await events();
    const [first, second] = received.splice(0);
    webhooks.change({ copies: 1, order: 'swapped' });
    await app.git.createRef({
      ...place,
      ref: 'refs/heads/new',
      sha: (await app.git.getRef({ ...place, ref: 'heads/main' })).data.object.sha,
    });
    const swapped = await events();
    webhooks.change({ active: false, order: 'as-it-happened' });
    await moveBranch({ app }, 'feature/banner');

    expect(first?.guid).toBe(second?.guid);
    expect(swapped).toEqual(['create', 'push']);
    expect(await events()).toEqual(['create', 'push']);
  });

  it('do not wait for ever to be overtaken', async () => {
    const { app, webhooks, received } = await listening();
    webhooks.change({ order: 'swapped' });

    await moveBranch({ app }, 'feature/clash');
    await eventually('the delivery', () => received.at(0));

    expect(received.map(({ event }) => event)).toEqual(['push']);
  });

  it('can be delivered again, with the same id', async () => {
    const { app, webhooks, received, events } = await listening();
    await moveBranch({ app }, 'feature/clash');
    await events();

    webhooks.redeliver(received[0]?.guid ?? '');
    await events();

    expect(received.map(({ guid }) => guid)).toEqual([received[0]?.guid, received[0]?.guid]);
    expect(webhooks.redeliver('unknown')).toBe(false);
    expect(webhooks.deliveries().at(-1)?.attempts).toEqual([202, 202]);
  });

  it('that a fault loses are kept, and arrive when they are asked for again', async () => {
    const { app, faults, webhooks, received, events } = await listening();
    faults.add(Fault.parse({ service: 'github', operation: 'deliver:push', kind: 'cut-before' }));

    await moveBranch({ app }, 'feature/clash');
    await events();
    const lost = received.length;
    webhooks.redeliver(webhooks.deliveries().at(-1)?.guid ?? '');

    expect(lost).toBe(0);
    expect(await events()).toEqual(['push']);
  });

  it('that nobody takes are kept with why', async () => {
    const { app, webhooks } = await listening();
    webhooks.change({ url: 'http://127.0.0.1:1/github/webhook' });

    await moveBranch({ app }, 'feature/clash');
    await webhooks.settled();

    expect(webhooks.deliveries().at(-1)?.attempts).toEqual([expect.stringMatching(/\w/)]);
  });
});
