import { describe, expect, it } from 'vitest';
import { sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const runs = `GET /repos/acme/api/commits/${sha}/check-runs`;
const status = `GET /repos/acme/api/commits/${sha}/status`;
const run = {
  id: 1,
  name: 'CI',
  status: 'completed',
  conclusion: 'success',
  started_at: '2026-01-05T09:00:00Z',
};

describe('the checks of a commit', () => {
  it.each([
    ['success', 'passed'],
    ['failure', 'failed'],
    ['startup_failure', 'failed'],
    ['timed_out', 'timed-out'],
    ['action_required', 'action-required'],
    ['stale', 'stale'],
    ['something-new', 'failed'],
    [null, 'failed'],
  ])('that ended with %s are %s', async (conclusion, state) => {
    const { host, answer } = await scriptedGithub();
    answer(runs, { body: { check_runs: [{ ...run, conclusion }] } });
    answer(status, { body: { statuses: [] } });

    expect((await host.checks(repository, sha, options)).map((one) => one.state)).toEqual([state]);
  });

  it('are the newest of a name, of check runs and commit statuses alike', async () => {
    const { host, answer } = await scriptedGithub();
    const statuses = [
      { context: 'CI', state: 'pending', created_at: '2026-01-05T09:00:30Z' },
      { context: 'coverage', state: 'error', description: '71 %', target_url: 'https://x.example' },
    ];
    const newer = { ...run, id: 3, conclusion: 'failure', started_at: '2026-01-05T09:01:00Z' };
    answer(runs, {
      body: { check_runs: [newer, run, { ...run, id: 2, name: 'Lint', status: 'queued', started_at: null }] },
    });
    answer(status, { body: { statuses } });

    const checks = await host.checks(repository, sha, options);

    expect(checks.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
      'CI failed',
      'Lint waiting',
      'coverage failed',
    ]);
    expect(checks.find(({ name }) => name === 'coverage')).toMatchObject({
      says: '71 %',
      url: 'https://x.example',
    });
  });

  it.each([
    ['a status', [], [{ context: 'CI', state: 'success', created_at: '2026-01-05T10:00:00Z' }]],
    ['another App', [{ ...run, id: 9, app: { id: 2 }, started_at: '2026-01-05T10:00:00Z' }], []],
  ])('are the worst of a name, so that %s cannot hide what failed', async (_who, more, statuses) => {
    const { host, answer } = await scriptedGithub();
    const failed = { ...run, app: { id: 1 }, conclusion: 'failure' };
    answer(runs, { body: { check_runs: [...more, failed] } });
    answer(status, { body: { statuses } });

    expect(await host.checks(repository, sha, options)).toMatchObject([{ name: 'CI', state: 'failed' }]);
  });

  it('are waited for where a new run of the name has begun to wait, whatever the one before came to', async () => {
    const { host, answer } = await scriptedGithub();
    const queued = { ...run, id: 2, status: 'queued', conclusion: null, started_at: '2026-01-05T10:00:00Z' };
    answer(runs, { body: { check_runs: [run, queued] } });
    answer(status, { body: { statuses: [] } });

    expect(await host.checks(repository, sha, options)).toMatchObject([{ name: 'CI', state: 'waiting' }]);
  });

  it('are waited for where a new run of the name has not begun', async () => {
    const { host, answer } = await scriptedGithub();
    const again = { ...run, id: 2, status: 'queued', conclusion: null, started_at: null };
    answer(runs, { body: { check_runs: [run, again] } });
    answer(status, { body: { statuses: [] } });

    expect((await host.checks(repository, sha, options)).map(({ state }) => state)).toEqual(['waiting']);
  });

  it('are unknown where only the half of them could be read', async () => {
    const { host, answer } = await scriptedGithub();
    answer(runs, { body: { check_runs: [run] } });
    answer(status, { status: 403, body: { message: 'Resource not accessible by integration' } });

    await expect(host.checks(repository, sha, options)).rejects.toMatchObject({
      why: 'forbidden',
      message: expect.stringMatching(/“Commit statuses: read-only”/),
    });
  });
});
