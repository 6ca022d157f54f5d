import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../sandbox/client.ts';
import type { Launched } from '../../../sandbox/launch.ts';
import { eventually, launchWithStandIn } from '../world/with-sandbox.ts';

let sandbox: Launched;
let client: Client;
beforeAll(async () => {
  sandbox = await launchWithStandIn();
  client = sandbox.client;
});
afterAll(() => sandbox.stop());

async function repository() {
  const { repositories } = await client.github();
  const found = repositories.find(({ name }) => name === 'acme/api');
  if (found === undefined) throw new Error('There is no acme/api.');
  return found;
}

const branch = async (name: string) => (await repository()).branches.find((one) => one.name === name);

describe('the control API of GitHub', () => {
  it('shows the sample repository, whose tags are the commits of the images', async () => {
    const { tags, branches } = await repository();

    expect(branches.map(({ name }) => name)).toEqual(expect.arrayContaining(['main', 'feature/banner']));
    expect(tags.find(({ name }) => name === 'v1.1.0')?.sha).toBe((await branch('main'))?.sha);
  });

  it('commits as a person, and runs the workflow of the commit for real', async () => {
    await client.onGithub('commit', {
      as: 'lena-f',
      branch: 'feature/new',
      message: 'Something new',
      files: { 'notes/new.md': 'New\n', 'CHANGELOG.md': null },
    });
    const sha = (await branch('feature/new'))?.sha;

    const check = await eventually(
      'a check of the commit',
      async () => (await repository()).checks.find((one) => one.sha === sha && one.state === 'success'),
      20_000,
    );

    expect(check.name).toMatch(/\w/);
    expect((await repository()).runs).toContainEqual(
      expect.objectContaining({ sha, event: 'push', title: 'Something new' }),
    );
  }, 30_000);

  it('moves a branch, and sets and deletes a tag', async () => {
    await client.onGithub('force-push', { branch: 'feature/moved', to: 'main' });
    await client.onGithub('force-push', { branch: 'feature/moved', to: 'v1.0.0' });
    await client.onGithub('push-tag', { tag: 'v9.0.0', ref: 'feature/moved' });
    const { tags } = await repository();
    await client.onGithub('delete-ref', { tag: 'v9.0.0' });

    expect((await branch('feature/moved'))?.sha).toBe(tags.find(({ name }) => name === 'v1.0.0')?.sha);
    expect(tags.find(({ name }) => name === 'v9.0.0')?.sha).toBe((await branch('feature/moved'))?.sha);
    expect((await repository()).tags.map(({ name }) => name)).not.toContain('v9.0.0');
  });

  it('takes a pull request from its opening to its merge, by the rules of the branch', async () => {
    await client.onGithub('commit', { branch: 'feature/pull', message: 'Pull', files: { 'pull.txt': 'x' } });
    await client.onGithub('protect', { branch: 'main', rules: { checks: ['Audit'], approvals: 1 } });
    const pull = (input: object) => ({ pull: 1, ...input });
    await client.onGithub('pull', { as: 'maya-p', head: 'feature/pull', title: 'Pull' });

    const direct = await client
      .onGithub('force-push', { branch: 'main', to: 'feature/pull' })
      .catch((error: unknown) => error);
    const blocked = await client
      .onGithub('merge', pull({ as: 'sam-okafor' }))
      .catch((error: unknown) => error);
    await client.onGithub('check', {
      ref: 'feature/pull',
      name: 'Audit',
      state: 'success',
      says: 'All well',
    });
    await client.onGithub('review', pull({ as: 'sam-okafor', verdict: 'approve' }));
    const merged = await client.onGithub('merge', pull({ as: 'sam-okafor' }));
    await client.onGithub('protect', { branch: 'main', rules: null });

    expect(direct).toMatchObject({ status: 422, message: expect.stringContaining('through a pull request') });
    expect(blocked).toMatchObject({ status: 405, message: expect.stringContaining('"Audit" is expected') });
    expect(merged).toMatchObject({ state: 'merged', mergedBy: 'sam-okafor', head: { ref: 'feature/pull' } });
    expect((await repository()).pulls).toMatchObject([{ number: 1, state: 'merged' }]);
  });

  it('sets the webhooks, and shows what became of each', async () => {
    await client.onGithub('webhooks', { url: 'http://127.0.0.1:1/nobody' });
    await client.onGithub('commit', { branch: 'feature/hook', message: 'Hook', files: { 'hook.txt': 'x' } });

    const delivery = await eventually('the delivery of a push', async () => {
      const { webhooks } = await client.github();
      return webhooks.deliveries.findLast(({ event, attempts }) => event === 'push' && attempts.length === 1);
    });
    await client.onGithub('webhooks', { redeliver: delivery.guid });
    await eventually('the second attempt', async () => {
      const { webhooks } = await client.github();
      return webhooks.deliveries.find(
        ({ guid, attempts }) => guid === delivery.guid && attempts.length === 2,
      );
    });
  });

  it.each([
    [
      'commit',
      { branch: 'x', message: 'm', files: {}, as: 'nobody' },
      404,
      /as: there is nobody called "nobody"/,
    ],
    ['commit', { branch: 'a..b', message: 'm', files: {} }, 400, /is no name/],
    ['force-push', { branch: 'x', to: 'nowhere' }, 404, /no branch, tag or commit "nowhere"/],
    ['review', { pull: 99, verdict: 'approve' }, 404, /no pull request 99/],
    ['pull', { head: 'main', title: 'Nothing' }, 422, /No commits between main and main/],
    ['merge', { pull: 1, repository: 'acme/none' }, 404, /there is no acme\/none/],
    ['delete-ref', {}, 400, /either branch or tag/],
    ['webhooks', { redeliver: 'x' }, 404, /no delivery x/],
  ])('refuses %s of %j', async (what, input, status, message) => {
    await expect(client.onGithub(what, input)).rejects.toMatchObject({ status, message });
  });

  it('changes what the App may do', async () => {
    const { settings } = await client.configureGithub({ permissions: { contents: 'read' } });

    expect(settings).toMatchObject({ permissions: { contents: 'read' }, installation: 'active' });
  });
});
