import { describe, expect, it } from 'vitest';
import { place, refusal, startGithub } from './start-github.ts';

async function withHead() {
  const started = await startGithub();
  const { data } = await started.app.git.getRef({ ...place, ref: 'heads/main' });
  return { ...started, sha: data.object.sha };
}

describe('check runs', () => {
  it('are made by the App, where it may, and by nobody with a token of their own', async () => {
    const { app, as, github, sha } = await withHead();
    const check = { ...place, name: 'Forge', head_sha: sha, status: 'in_progress' } as const;
    const { permissions } = github.hub.settings();

    const forbidden = await refusal(app.checks.create(check));
    github.change({ permissions: { ...permissions, checks: 'write' } });
    const { data } = await app.checks.create(check);
    const person = await refusal(as('sam-okafor').checks.create(check));

    expect(forbidden.status).toBe(403);
    expect(data).toMatchObject({
      name: 'Forge',
      status: 'in_progress',
      conclusion: null,
      app: { slug: 'forge' },
    });
    expect(person.message).toMatch(/authenticate via a GitHub App/);
  });

  it('are the newest of each name, unless all are asked for', async () => {
    const { app, github, sha } = await withHead();
    github.change({ permissions: { checks: 'write', contents: 'read' } });
    const check = { ...place, name: 'CI', head_sha: sha };

    await app.checks.create({ ...check, conclusion: 'failure' });
    await app.checks.create({ ...check, conclusion: 'success' });
    await app.checks.create({ ...check, name: 'Lint' });
    const latest = await app.checks.listForRef({ ...place, ref: 'main' });
    const all = await app.checks.listForRef({ ...place, ref: sha, filter: 'all', check_name: 'CI' });
    const suites = await app.checks.listSuitesForRef({ ...place, ref: sha });

    expect(latest.data.check_runs.map(({ name, status, conclusion }) => [name, status, conclusion])).toEqual([
      ['Lint', 'queued', null],
      ['CI', 'completed', 'success'],
    ]);
    expect(all.data.total_count).toBe(2);
    expect(suites.data.check_suites).toMatchObject([{ status: 'in_progress', app: { slug: 'forge' } }]);
  });
});

describe('commit statuses', () => {
  it('come to one state of the newest of each context', async () => {
    const { app, as, sha } = await withHead();
    const status = { ...place, sha };
    const combined = async () => (await app.repos.getCombinedStatusForRef({ ...place, ref: 'main' })).data;

    const nothing = await combined();
    await as('maya-p').repos.createCommitStatus({
      ...status,
      context: 'lint',
      state: 'failure',
      description: 'Two.',
    });
    const failed = await combined();
    await as('maya-p').repos.createCommitStatus({ ...status, context: 'lint', state: 'success' });
    const passed = await combined();

    expect([nothing.state, failed.state, passed.state]).toEqual(['pending', 'failure', 'success']);
    expect(failed.statuses).toMatchObject([{ context: 'lint', description: 'Two.' }]);
    expect(passed.total_count).toBe(1);
  });
});
