import { z } from 'zod';
import type { Repository, WorkflowJob, WorkflowRun } from '../ports/code-host.ts';
import type { Read } from './api.ts';
import { ACTIONS } from './permissions.ts';
import { Moment } from './person.ts';

const Progress = { status: z.string(), conclusion: z.string().nullish() };
type Progress = { status: string; conclusion?: string | null | undefined };

export const RunAnswer = z.object({
  ...Progress,
  id: z.number(),
  html_url: z.string(),
  name: z.string().nullish(),
  display_title: z.string().nullish(),
  created_at: Moment,
  run_started_at: Moment.nullish(),
});
export type RunAnswer = z.infer<typeof RunAnswer>;

export const JobAnswer = z.object({
  ...Progress,
  id: z.number(),
  name: z.string(),
  html_url: z.string().nullish(),
  steps: z.array(z.object({ ...Progress, name: z.string() })).nullish(),
});
export type JobAnswer = z.infer<typeof JobAnswer>;

const READ_ACTIONS = { ...ACTIONS, access: 'read' } as const;

export function runCall(repository: Repository, id: number): Read<RunAnswer> {
  return {
    what: `read the run ${id} of ${repository}`,
    needs: READ_ACTIONS,
    route: 'GET /repos/{owner}/{repo}/actions/runs/{id}',
    parameters: { id },
    answer: RunAnswer,
    isOften: true,
  };
}

/** Of the newest try of the run. */
export function jobsCall(repository: Repository, run: number): Read<{ jobs: JobAnswer[] }> {
  return {
    what: `read the jobs of the run ${run} of ${repository}`,
    needs: READ_ACTIONS,
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run}/jobs',
    parameters: { run, filter: 'latest' },
    answer: z.object({ jobs: z.array(JobAnswer) }),
    isOften: true,
  };
}

/** Dispatched runs, the newest first. `since`: milliseconds since the epoch. */
export function findRunCall(
  repository: Repository,
  { workflow, since }: { workflow: string; since: number },
): Read<{ workflow_runs: RunAnswer[] }> {
  const created = `>=${new Date(since).toISOString().slice(0, 19)}Z`;
  return {
    what: `look for the run of ${workflow} in ${repository}`,
    needs: READ_ACTIONS,
    route: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow}/runs',
    parameters: { workflow, event: 'workflow_dispatch', created },
    answer: z.object({ workflow_runs: z.array(RunAnswer) }),
    isOften: true,
  };
}

export function workflowRunOf(run: RunAnswer, jobs: readonly JobAnswer[]): WorkflowRun {
  const state = stateOf(run);
  return {
    id: run.id,
    url: run.html_url,
    state: state === 'skipped' ? 'failed' : state,
    jobs: jobs.map(jobOf),
    startedAt: run.run_started_at ?? run.created_at,
  };
}

function jobOf(job: JobAnswer): WorkflowJob {
  return {
    name: job.name,
    state: stateOf(job),
    steps: (job.steps ?? []).map((step) => ({ name: step.name, state: stateOf(step) })),
    ...(job.html_url && { url: job.html_url }),
  };
}

/** An end nobody has heard of is no pass. */
function stateOf({ status, conclusion }: Progress): WorkflowJob['state'] {
  if (status === 'in_progress') return 'running';
  if (status !== 'completed') return 'queued';
  if (conclusion === 'success') return 'passed';
  return conclusion === 'cancelled' || conclusion === 'skipped' ? conclusion : 'failed';
}
