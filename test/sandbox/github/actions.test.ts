import { describe, expect, it } from 'vitest';
import { place, refusal, startGithub } from './start-github.ts';

const workflow = { ...place, workflow_id: 'deploy.yml' };
const inputs = { commit: 'abc', correlation: 'D12-build-1' };

describe('dispatching a workflow', () => {
  it('starts a run of the ref with its inputs, and says which where that is asked for', async () => {
    const { app, runner } = await startGithub();

    const quiet = await app.actions.createWorkflowDispatch({ ...workflow, ref: 'v2', inputs });
    const { data } = await app.request(
      'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
      { ...workflow, ref: 'main', inputs, return_run_details: true },
    );

    expect(quiet.status).toBe(204);
    expect(runner.runs).toMatchObject([
      {
        ref: 'refs/tags/v2',
        event: 'workflow_dispatch',
        inputs: { ...inputs, push: 'true' },
        actor: 'forge[bot]',
      },
      { ref: 'refs/heads/main', displayTitle: 'Deploy D12-build-1' },
    ]);
    expect(data).toMatchObject({ workflow_run_id: runner.runs[1]?.id });
  });

  it.each([
    ['a ref that is not there', { ref: 'nowhere' }, 422, /No ref found for: nowhere/],
    [
      'an input it does not have',
      { inputs: { ...inputs, extra: 'x' } },
      422,
      /Unexpected inputs provided: \["extra"\]/,
    ],
    ['an input it lacks', { inputs: { commit: 'abc' } }, 422, /Required input 'correlation' not provided/],
    ['an input of another kind', { inputs: { ...inputs, push: 'perhaps' } }, 422, /must be a boolean/],
    ['a file that is not there', { workflow_id: 'other.yml' }, 404, /Not Found/],
  ])('is refused for %s', async (_, change, status, message) => {
    const { app, runner } = await startGithub();

    const dispatch = app.actions.createWorkflowDispatch({ ...workflow, ref: 'main', inputs, ...change });

    expect(await refusal(dispatch)).toMatchObject({ status, message });
    expect(runner.runs).toEqual([]);
  });

  it('is refused for a commit: only branches and tags have runs', async () => {
    const { app } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });

    const dispatch = app.actions.createWorkflowDispatch({ ...workflow, ref: data.object.sha, inputs });

    expect((await refusal(dispatch)).status).toBe(422);
  });
});

describe('runs', () => {
  it('show in lists a little after they were dispatched, by what they are called and since when', async () => {
    const { app, github } = await startGithub();
    const list = async (created: string) => {
      const { data } = await app.actions.listWorkflowRuns({
        ...workflow,
        event: 'workflow_dispatch',
        created,
      });
      return data.workflow_runs.map(({ display_title }) => display_title);
    };
    await app.actions.createWorkflowDispatch({ ...workflow, ref: 'main', inputs });
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();

    github.change({ runsShowAfterMs: 60_000 });
    const atOnce = await list(`>=${hourAgo}`);
    github.change({ runsShowAfterMs: 0 });

    expect(atOnce).toEqual([]);
    expect(await list(`>=${hourAgo}`)).toEqual(['Deploy D12-build-1']);
    expect(await list(`<${hourAgo}`)).toEqual([]);
    expect(await list(`*..${hourAgo}`)).toEqual([]);
  });

  it('show their jobs and steps, and the log of a job that is over, from an address of its own', async () => {
    const { app, runner, origin } = await startGithub();
    await app.actions.createWorkflowDispatch({ ...workflow, ref: 'main', inputs });
    const run_id = runner.runs[0]?.id ?? 0;
    const jobs = async () => (await app.actions.listJobsForWorkflowRun({ ...place, run_id })).data.jobs;
    const [job] = await jobs();
    const log = { ...place, job_id: job?.id ?? 0 };

    const early = await refusal(app.actions.downloadJobLogsForWorkflowRun(log));
    runner.finish('failure', ['npm test', 'not ok']);
    const { url, data } = await app.actions.downloadJobLogsForWorkflowRun(log);
    const withToken = await fetch(url, { headers: { authorization: 'token x' } });
    const unsigned = await fetch(url.replace(/signature=\w+/, 'signature=0'));
    const { data: run } = await app.actions.getWorkflowRun({ ...place, run_id });

    expect(job).toMatchObject({ name: 'test', status: 'queued', steps: [{ name: 'Run npm test' }] });
    expect(early.status).toBe(404);
    expect(new URL(url).origin).toBe(origin.replace('127.0.0.1', 'localhost'));
    expect(data).toBe('2026-09-21T14:13:20.0000000Z npm test\n2026-09-21T14:13:20.0000000Z not ok\n');
    expect([withToken.status, unsigned.status]).toEqual([400, 403]);
    expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it('are cancelled while they run, and not after', async () => {
    const { app, runner } = await startGithub();
    await app.actions.createWorkflowDispatch({ ...workflow, ref: 'main', inputs });
    const run = { ...place, run_id: runner.runs[0]?.id ?? 0 };

    await app.actions.cancelWorkflowRun(run);
    const again = await refusal(app.actions.cancelWorkflowRun(run));

    expect(runner.runs[0]).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(again.status).toBe(409);
  });

  it('begin with a push or a pull request whose commit has a workflow for that', async () => {
    const { app, as, runner } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/feature/banner' });
    const { sha } = data.object;

    await app.git.createRef({ ...place, ref: 'refs/heads/other', sha });
    await app.git.createRef({ ...place, ref: 'refs/tags/other', sha });
    await as('maya-p').pulls.create({ ...place, head: 'other', base: 'main', title: 'Other' });
    await as('sam-okafor').git.updateRef({ ...place, ref: 'heads/main', sha, force: true });

    expect(runner.runs.map(({ event, ref, sha: of }) => [event, ref, of])).toEqual([
      ['pull_request', 'refs/heads/other', sha],
      ['push', 'refs/heads/main', sha],
    ]);
    const checks = await app.checks.listForRef({ ...place, ref: sha });
    expect(checks.data.check_runs).toMatchObject([{ name: 'test', app: { slug: 'github-actions' } }]);
  });
});
