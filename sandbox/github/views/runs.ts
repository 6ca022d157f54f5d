import type { Hub } from '../hub.ts';
import type { Repository } from '../model.ts';
import type { Job, Run, Step } from '../parts.ts';
import { userView } from './accounts.ts';
import { apiOf, moment, momentOrNull, webOf } from './addresses.ts';

type Place = { hub: Hub; repository: Repository };

export function runView(run: Run, { hub, repository }: Place) {
  const api = `${apiOf(hub, repository)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.ref.replace(/^refs\/(heads|tags)\//, ''),
    head_sha: run.sha,
    path: run.workflow.path,
    display_title: run.displayTitle,
    run_number: run.number,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow.id,
    url: api,
    html_url: `${webOf(hub, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: moment(run.createdAt),
    updated_at: moment(run.completedAt ?? run.startedAt ?? run.createdAt),
    run_started_at: moment(run.startedAt ?? run.createdAt),
    actor: userView(hub, run.actor),
    triggering_actor: userView(hub, run.actor),
    jobs_url: `${api}/jobs`,
    logs_url: `${api}/logs`,
    cancel_url: `${api}/cancel`,
  };
}

export function jobView(job: Job, run: Run, { hub, repository }: Place) {
  const api = apiOf(hub, repository);
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: 1,
    node_id: `J_${job.id}`,
    head_sha: run.sha,
    head_branch: run.ref.replace(/^refs\/(heads|tags)\//, ''),
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${webOf(hub, repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: moment(run.createdAt),
    started_at: moment(job.startedAt ?? run.createdAt),
    completed_at: momentOrNull(job.completedAt),
    name: job.name,
    steps: job.steps.map(stepView),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: null,
    runner_name: null,
    workflow_name: run.workflow.name,
  };
}

function stepView(step: Step) {
  return {
    name: step.name,
    number: step.number,
    status: step.status,
    conclusion: step.conclusion,
    started_at: momentOrNull(step.startedAt),
    completed_at: momentOrNull(step.completedAt),
  };
}

export function workflowView(
  { id, path, name }: { id: number; path: string; name: string },
  { hub, repository }: Place,
) {
  return {
    id,
    node_id: `W_${id}`,
    name,
    path,
    state: 'active',
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
    url: `${apiOf(hub, repository)}/actions/workflows/${id}`,
    html_url: `${webOf(hub, repository)}/blob/${repository.defaultBranch}/${path}`,
    badge_url: `${webOf(hub, repository)}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

/** As GitHub's logs are: each line after its moment. */
export function logText(job: Job): string {
  return job.log.map(({ at, text }) => `${logMoment(at)} ${text}\n`).join('');
}

/** Tenths of microseconds, of which nobody here knows more than milliseconds. */
function logMoment(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}
