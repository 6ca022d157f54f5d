import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { dispatch, knownWorkflows, workflowNamed } from '../dispatch.ts';
import { GithubError, notFound } from '../github-error.ts';
import type { Job, Run } from '../parts.ts';
import { jobView, logText, runView, workflowView } from '../views/runs.ts';
import { loginOf } from './caller.ts';
import { createdFilter } from './created-filter.ts';
import { paged } from './paged.ts';
import {
  type Answer,
  anywhere,
  inRepository,
  NO_CONTENT,
  numberIn,
  ok,
  type RepositoryCall,
  type Route,
} from './route.ts';

const MOST_INPUTS = 25;

const Dispatch = z.object({
  ref: z.string(),
  inputs: z
    .record(z.string(), z.union([z.string(), z.boolean().transform(String), z.number().transform(String)]))
    .refine(
      (inputs) => Object.keys(inputs).length <= MOST_INPUTS,
      `you may only define up to ${MOST_INPUTS} inputs`,
    )
    .default({}),
  return_run_details: z.boolean().default(false),
});

/** With it addresses of logs are signed, as those of GitHub's storage are. */
const SIGNING_KEY = randomBytes(32);
const LOG_FOR_SECONDS = 60;

/** Workflows, their runs, jobs and logs. */
export const actionRoutes: Route[] = [
  inRepository('GET /actions/workflows', 'actions.listRepoWorkflows', ['actions', 'read'], async (call) => {
    const all = await knownWorkflows(call);
    const { items, headers } = paged(call, all);
    return ok({ total_count: all.length, workflows: items.map((one) => workflowView(one, call)) }, headers);
  }),
  inRepository(
    'GET /actions/workflows/:workflow_id',
    'actions.getWorkflow',
    ['actions', 'read'],
    async (call) => ok(workflowView(await workflowNamed(call, call.params.workflow_id ?? ''), call)),
  ),
  inRepository(
    'POST /actions/workflows/:workflow_id/dispatches',
    'actions.createWorkflowDispatch',
    ['actions', 'write'],
    async (call) => {
      const { ref, inputs, return_run_details } = call.read(Dispatch);
      const workflow = call.params.workflow_id ?? '';
      const run = await dispatch(call, { workflow, ref, inputs, by: loginOf(call.caller) });
      if (!return_run_details) return NO_CONTENT;
      const { url, html_url } = runView(run, call);
      return ok({ workflow_run_id: run.id, run_url: url, html_url });
    },
  ),
  inRepository(
    'GET /actions/workflows/:workflow_id/runs',
    'actions.listWorkflowRuns',
    ['actions', 'read'],
    async (call) => {
      const { id } = await workflowNamed(call, call.params.workflow_id ?? '');
      return runList(
        call,
        call.repository.runs.filter((run) => run.workflow.id === id),
      );
    },
  ),
  inRepository('GET /actions/runs', 'actions.listWorkflowRunsForRepo', ['actions', 'read'], (call) =>
    runList(call, call.repository.runs),
  ),
  inRepository('GET /actions/runs/:run_id', 'actions.getWorkflowRun', ['actions', 'read'], (call) =>
    ok(runView(knownRun(call), call)),
  ),
  inRepository(
    'POST /actions/runs/:run_id/cancel',
    'actions.cancelWorkflowRun',
    ['actions', 'write'],
    (call) => {
      const run = knownRun(call);
      if (run.status === 'completed') {
        throw new GithubError(409, 'Cannot cancel a workflow run that is completed.');
      }
      call.hub.runner.cancel(run.id);
      return { status: 202, body: {} };
    },
  ),
  inRepository(
    'GET /actions/runs/:run_id/jobs',
    'actions.listJobsForWorkflowRun',
    ['actions', 'read'],
    (call) => {
      const run = knownRun(call);
      const { items, headers } = paged(call, run.jobs);
      return ok({ total_count: run.jobs.length, jobs: items.map((job) => jobView(job, run, call)) }, headers);
    },
  ),
  inRepository('GET /actions/jobs/:job_id', 'actions.getJobForWorkflowRun', ['actions', 'read'], (call) => {
    const { job, run } = knownJob(call);
    return ok(jobView(job, run, call));
  }),
  inRepository(
    'GET /actions/jobs/:job_id/logs',
    'actions.downloadJobLogsForWorkflowRun',
    ['actions', 'read'],
    (call) => {
      const { job } = knownJob(call);
      // Until a job is over there is no log to load.
      if (job.status !== 'completed') throw notFound();
      return { status: 302, headers: { location: signedLog(call, job) } };
    },
  ),
  { ...anywhere('GET /storage/logs/:owner/:repo/:job_id', 'storage.log', storedLog), isOpen: true },
];

function runList(call: RepositoryCall, all: readonly Run[]): Answer {
  const { query, hub } = call;
  const showsFrom = hub.now() - hub.settings().runsShowAfterMs;
  const isCreated = createdFilter(query.get('created'));
  const status = query.get('status');
  const wanted = all.filter(
    (run) =>
      (run.createdAt <= showsFrom || run.event !== 'workflow_dispatch') &&
      isSame(query.get('event'), run.event) &&
      isSame(query.get('actor'), run.actor) &&
      isSame(query.get('branch'), run.ref.replace(/^refs\/(heads|tags)\//, '')) &&
      isSame(query.get('head_sha'), run.sha) &&
      (status === null || status === run.status || status === run.conclusion) &&
      isCreated(run.createdAt),
  );
  const { items, headers } = paged(call, wanted.reverse());
  return ok({ total_count: wanted.length, workflow_runs: items.map((run) => runView(run, call)) }, headers);
}

function isSame(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

function knownRun(call: RepositoryCall): Run {
  const id = numberIn(call, 'run_id');
  const run = call.repository.runs.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}

function knownJob(call: RepositoryCall): { job: Job; run: Run } {
  const id = numberIn(call, 'job_id');
  for (const run of call.repository.runs) {
    const job = run.jobs.find((one) => one.id === id);
    if (job !== undefined) return { job, run };
  }
  throw notFound();
}

/** On another host than the API, as at GitHub: clients then leave their token behind when they follow it. */
function signedLog({ hub, repository }: RepositoryCall, job: Job): string {
  const expires = Math.floor(hub.now() / 1000) + LOG_FOR_SECONDS;
  const path = `${repository.fullName}/${job.id}`;
  const storage = hub.origin().replace('//127.0.0.1', '//localhost');
  return `${storage}/github/storage/logs/${path}?expires=${expires}&signature=${signatureOf(path, expires)}`;
}

/** Whoever has the address may read it, as long as it is fresh. A token as well is too much: storage refuses both at once. */
function storedLog(call: Parameters<Route['answer']>[0]): Answer {
  const { hub, params, query, headers } = call;
  const path = `${params.owner}/${params.repo}/${params.job_id}`;
  const expires = Number(query.get('expires'));
  const isFresh = query.get('signature') === signatureOf(path, expires) && expires > hub.now() / 1000;
  if (!isFresh) throw new GithubError(403, 'The address of the log has expired.');
  if (headers.authorization !== undefined) {
    throw new GithubError(400, 'Only one way to sign a request is allowed.');
  }
  const repository = hub.repositories.get(`${params.owner}/${params.repo}`.toLowerCase());
  const jobs = repository?.runs.flatMap((run) => run.jobs) ?? [];
  const job = jobs.find((one) => String(one.id) === params.job_id);
  if (job === undefined) throw notFound();
  return {
    status: 200,
    bytes: Buffer.from(logText(job)),
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  };
}

function signatureOf(path: string, expires: number): string {
  return createHmac('sha256', SIGNING_KEY).update(`${path} ${expires}`).digest('hex');
}
