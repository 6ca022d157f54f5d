import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aJob, aRun, sha } from './answers.ts';
import { type Answer, options, repository, scriptedGithub } from './scripted-github.ts';

const dispatches = 'POST /repos/acme/api/actions/workflows/deploy.yml/dispatches';
const runs = 'GET /repos/acme/api/actions/workflows/deploy.yml/runs';
const jobs = 'GET /repos/acme/api/actions/runs/42/jobs';
const run = 'GET /repos/acme/api/actions/runs/42';
const log = 'GET /repos/acme/api/actions/jobs/5/logs';
const start = { workflow: 'deploy.yml', ref: 'main', commit: sha, correlation: 'D-12' };
const failedJobs: Answer = { body: { jobs: [aJob({ id: 4, conclusion: 'success' }), aJob()] } };

describe('starting a workflow', () => {
  it('gives the run where GitHub says it', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(dispatches, { body: { workflow_run_id: 42, run_url: 'x', html_url: 'y' } });

    expect(await host.dispatch(repository, start, options)).toEqual({ run: 42 });
    expect(asked[0]?.body).toEqual({
      ref: 'main',
      inputs: { commit: sha, correlation: 'D-12' },
      return_run_details: true,
    });
  });

  it('works with a server that says nothing', async () => {
    const { host, answer } = await scriptedGithub();
    answer(dispatches, { status: 204 });

    expect(await host.dispatch(repository, start, options)).toEqual({});
  });

  it('asks a server that does not know the question without it', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(
      dispatches,
      { status: 422, body: { message: 'Invalid request.\n\n"return_run_details" is not a permitted key.' } },
      { status: 204 },
    );

    expect(await host.dispatch(repository, start, options)).toEqual({});
    expect(asked[1]?.body).toEqual({ ref: 'main', inputs: { commit: sha, correlation: 'D-12' } });
  });

  it.each([
    ['No ref found for: main', /no branch or tag main/],
    ["Workflow does not have 'workflow_dispatch' trigger", /add “workflow_dispatch”/],
    ['Unexpected inputs provided: ["correlation"]', /inputs “commit” and “correlation”/],
  ])('says what to do about “%s”', async (message, words) => {
    const { host, answer } = await scriptedGithub();
    answer(dispatches, { status: 422, body: { message } });

    const started = host.dispatch(repository, start, options);

    await expect(started).rejects.toMatchObject({ why: 'invalid', message: expect.stringMatching(words) });
  });

  it('is not repeated where nobody knows whether it began', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(dispatches, { status: 500 });

    await expect(host.dispatch(repository, start, options)).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
    });
    expect(asked).toHaveLength(1);
  });
});

describe('finding a run', () => {
  it('asks for those dispatched since then, with room for clocks that differ', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(runs, { body: { workflow_runs: [] } });
    const since = Date.UTC(2026, 0, 5, 9);

    await host.findRun(repository, { workflow: 'deploy.yml', correlation: 'D-12', since }, options);

    const query = new URL(`http://x${asked[0]?.line.split(' ')[1]}`).searchParams;
    expect([query.get('event'), query.get('created')]).toEqual([
      'workflow_dispatch',
      '>=2026-01-05T08:55:00Z',
    ]);
  });

  it.each([
    ['Deploy D-12', true],
    ['D-12: api', true],
    ['Deploy D-121', false],
    ['Deploy X-D-12', false],
    ['Deploy', false],
  ])('takes one called “%s” for it: %s', async (title, isFound) => {
    const { host, answer } = await scriptedGithub();
    answer(runs, { body: { workflow_runs: [aRun({ display_title: title })] } });
    answer(run, { body: aRun() });
    answer(jobs, failedJobs);

    const found = await host.findRun(
      repository,
      { workflow: 'deploy.yml', correlation: 'D-12', since: 0 },
      options,
    );

    expect(found !== undefined).toBe(isFound);
  });
});

describe('a run', () => {
  it.each([
    ['queued', null, 'queued'],
    ['waiting', null, 'queued'],
    ['in_progress', null, 'running'],
    ['completed', 'success', 'passed'],
    ['completed', 'failure', 'failed'],
    ['completed', 'timed_out', 'failed'],
    ['completed', 'cancelled', 'cancelled'],
    ['completed', 'skipped', 'failed'],
    ['completed', 'neutral', 'failed'],
    ['completed', null, 'failed'],
    ['completed', 'something-new', 'failed'],
  ])('that is %s with %s is %s', async (status, conclusion, state) => {
    const { host, answer } = await scriptedGithub();
    answer(run, { body: aRun({ status, conclusion }) });
    answer(jobs, { body: { jobs: [] } });

    expect((await host.run(repository, 42, options)).state).toBe(state);
  });

  it('that cannot be cancelled though it goes on is not called cancelled', async () => {
    const { host, answer } = await scriptedGithub();
    answer('POST /repos/acme/api/actions/runs/42/cancel', {
      status: 409,
      body: { message: 'Cannot cancel' },
    });
    answer(run, { body: aRun({ status: 'in_progress', conclusion: null }) });

    await expect(host.cancelRun(repository, 42, options)).rejects.toMatchObject({ why: 'conflict' });
  });
});

describe('the end of a log', () => {
  it('is fetched from where GitHub keeps it, without what Forge signs in with', async () => {
    const elsewhere = await storage('2026-01-05T09:00:00.1234567Z hello\n');
    const { host, answer } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { status: 302, headers: { location: `${elsewhere.url}/log?sig=abc` } });

    expect(await host.logTail(repository, { run: 42, lines: 30 }, options)).toEqual(['hello']);
    expect(elsewhere.headers.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('is fetched without what Forge signs in with also from GitHub itself', async () => {
    const { host, answer, asked, url } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { status: 302, headers: { location: `${url}/signed?sig=abc` } });
    answer('GET /signed', { body: 'hello' });

    expect(await host.logTail(repository, { run: 42, lines: 30 }, options)).toEqual(['hello']);
    expect(asked.at(-1)).toMatchObject({ line: 'GET /signed?sig=abc' });
    expect(asked.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it('ends with the error, in plain text', async () => {
    const lines = [
      '\uFEFF2026-01-05T09:00:00.1Z ##[group]Run npm test',
      '2026-01-05T09:00:00.2Z \u001b[31m✗ greets\u001b[0m\u0007\tloudly',
      '2026-01-05T09:00:00.3Z ##[endgroup]',
      '2026-01-05T09:00:00.4Z   expected <b>',
      '2026-01-05T09:00:00.5Z ##[error]Process completed with exit code 1.',
      '2026-01-05T09:00:00.6Z Post job cleanup.',
    ];
    const { host, answer } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { body: lines.join('\r\n') });

    expect(await host.logTail(repository, { run: 42, lines: 3 }, options)).toEqual([
      '✗ greets  loudly',
      '  expected <b>',
      'Process completed with exit code 1.',
    ]);
  });

  it('is read of a log that is far too long', async () => {
    const line = `2026-01-05T09:00:00.1Z ${'x'.repeat(5_000)}\n`;
    const elsewhere = await storage(`${line.repeat(2_000)}2026-01-05T09:00:00.1Z the end\n`);
    const { host, answer } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { status: 302, headers: { location: elsewhere.url } });

    const tail = await host.logTail(repository, { run: 42, lines: 2 }, options);

    expect(tail).toEqual(['x'.repeat(1_000), 'the end']);
  });

  it('is empty where GitHub has thrown it away', async () => {
    const { host, answer } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { status: 410, body: { message: 'Gone' } });

    expect(await host.logTail(repository, { run: 42, lines: 30 }, options)).toEqual([]);
  });

  it('is not called empty where it could not be fetched', async () => {
    const elsewhere = await storage('', 500);
    const { host, answer } = await scriptedGithub();
    answer(jobs, failedJobs);
    answer(log, { status: 302, headers: { location: elsewhere.url } });

    const tail = host.logTail(repository, { run: 42, lines: 30 }, options);

    await expect(tail).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
  });
});

/** Another server, which keeps logs. */
async function storage(text: string, status = 200) {
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.writeHead(status).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { url: `http://127.0.0.1:${address.port}`, headers };
}
