import { describe, expect, it } from 'vitest';
import { place, refusal, startGithub } from './start-github.ts';

const deployment = {
  ...place,
  ref: 'main',
  environment: 'staging',
  auto_merge: false,
  required_contexts: [],
  payload: { forge: 'D12' },
};

describe('deployments', () => {
  it('are kept with their payload, and found by commit and environment', async () => {
    const { app } = await startGithub();

    const { data } = await app.repos.createDeployment(deployment);
    if (!('sha' in data)) throw new Error('It was merged instead.');
    const found = await app.repos.listDeployments({ ...place, sha: data.sha, environment: 'staging' });
    const elsewhere = await app.repos.listDeployments({ ...place, sha: data.sha, environment: 'production' });

    expect(found.data).toMatchObject([
      { id: data.id, payload: { forge: 'D12' }, production_environment: false },
    ]);
    expect(elsewhere.data).toEqual([]);
  });

  it('want every check of the commit to be good, unless none is asked for', async () => {
    const { app, as } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
    await as('maya-p').repos.createCommitStatus({
      ...place,
      sha: data.object.sha,
      state: 'pending',
      context: 'CI',
    });

    const { required_contexts: _, ...careful } = deployment;

    expect(await refusal(app.repos.createDeployment(careful))).toMatchObject({
      status: 409,
      message: /Commit status checks failed for main/,
    });
    expect((await app.repos.createDeployment(deployment)).status).toBe(201);
  });

  it('are refused for a ref that is not there, and a description that is too long', async () => {
    const { app } = await startGithub();
    const { data } = await app.repos.createDeployment(deployment);
    const status = { ...place, deployment_id: 'id' in data ? data.id : 0, state: 'success' as const };

    const missing = await refusal(app.repos.createDeployment({ ...deployment, ref: 'nowhere' }));
    const long = await refusal(app.repos.createDeploymentStatus({ ...status, description: 'x'.repeat(141) }));

    expect(missing).toMatchObject({ status: 422, message: /No ref found for: nowhere/ });
    expect(long.status).toBe(422);
  });

  it('retire the one before in the same environment, which is not production', async () => {
    const { app } = await startGithub();
    const succeed = async (environment: string) => {
      const { data } = await app.repos.createDeployment({ ...deployment, environment });
      const id = { ...place, deployment_id: 'id' in data ? data.id : 0 };
      await app.repos.createDeploymentStatus({ ...id, state: 'success' });
      return async () => (await app.repos.listDeploymentStatuses(id)).data.map(({ state }) => state);
    };

    const first = await succeed('staging');
    const second = await succeed('staging');
    const production = await succeed('production');
    await succeed('production');

    expect(await first()).toEqual(['inactive', 'success']);
    expect(await second()).toEqual(['success']);
    expect(await production()).toEqual(['success']);
  });
});
