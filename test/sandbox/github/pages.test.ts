import { describe, expect, it } from 'vitest';
import { place, startGithub } from './start-github.ts';
import { withPull } from './with-pull.ts';

describe('the pages where links lead', () => {
  it('show a pull request, and whatever people wrote as text', async () => {
    const { app, as, pull } = await withPull({ title: '<script>alert(1)</script>' });
    await as('sam-okafor').pulls.createReview({ ...pull, event: 'APPROVE', body: 'Fine & good' });
    const { data } = await app.pulls.get(pull);

    const response = await fetch(data.html_url);
    const page = await response.text();

    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(page).toContain('sam-okafor: APPROVED Fine &#38; good');
    expect(page).not.toContain('<script>');
  });

  it('show a run with its log, a check, and a commit', async () => {
    const { app, runner } = await startGithub();
    const inputs = { commit: 'abc', correlation: 'D1' };
    await app.actions.createWorkflowDispatch({ ...place, workflow_id: 'deploy.yml', ref: 'main', inputs });
    runner.finish('failure', ['not ok 1']);
    const pageOf = async (address: string | null | undefined) => (await fetch(address ?? '')).text();
    const run = await app.actions.getWorkflowRun({ ...place, run_id: runner.runs[0]?.id ?? 0 });
    const checks = await app.checks.listForRef({ ...place, ref: 'main' });
    const commit = await app.repos.getCommit({ ...place, ref: 'main' });

    expect(await pageOf(run.data.html_url)).toContain('not ok 1');
    expect(await pageOf(checks.data.check_runs[0]?.html_url)).toContain('test: failure');
    expect(await pageOf(commit.data.html_url)).toContain('Greet people');
  });

  it('say that there is nothing', async () => {
    const { origin } = await startGithub();

    expect((await fetch(`${origin}/github/acme/api/pull/99`)).status).toBe(404);
  });
});
