import { tellCheck } from './check-events.ts';
import type { Hub } from './hub.ts';
import type { CheckRun, Repository } from './model.ts';
import type { Job, Run } from './parts.ts';
import { ACTIONS_LOGIN } from './people.ts';
import { webOf } from './views/addresses.ts';
import { runView, workflowView } from './views/runs.ts';

type Place = { hub: Hub; repository: Repository };

/** What was last told of each run, so that each step of it is told once. */
const told = new WeakMap<Run, string>();

/** Shows what a run has come to: as check runs of its jobs, and by webhooks. */
export function followRun(place: Place, run: Run): void {
  if (!told.has(run)) tellRun(place, run, 'requested');
  for (const job of run.jobs) followJob(place, run, job);
  const action = actionOf(run);
  if (told.get(run) !== action) tellRun(place, run, action);
}

function tellRun(place: Place, run: Run, action: string): void {
  const { hub, repository } = place;
  told.set(run, action);
  hub.tell({
    event: 'workflow_run',
    repository,
    sender: run.actor,
    payload: { action, workflow_run: runView(run, place), workflow: workflowView(run.workflow, place) },
  });
}

function actionOf(run: Run): string {
  if (run.status === 'completed') return 'completed';
  return run.status === 'in_progress' ? 'in_progress' : 'requested';
}

function followJob(place: Place, run: Run, job: Job): void {
  const { hub, repository } = place;
  const known = repository.checkRuns.find((check) => check.id === job.id);
  const check = known ?? newCheck(place, run, job);
  const isSame = known !== undefined && known.status === job.status && known.conclusion === job.conclusion;
  check.status = job.status;
  check.conclusion = job.conclusion;
  check.startedAt = job.startedAt ?? run.createdAt;
  if (job.status === 'completed') check.completedAt = job.completedAt ?? hub.now();
  if (isSame || (known !== undefined && job.status !== 'completed')) return;
  tellCheck(place, check, {
    action: job.status === 'completed' ? 'completed' : 'created',
    by: ACTIONS_LOGIN,
  });
}

function newCheck({ hub, repository }: Place, run: Run, job: Job): CheckRun {
  const check: CheckRun = {
    id: job.id,
    name: job.name,
    sha: run.sha,
    app: 'github-actions',
    status: job.status,
    conclusion: job.conclusion,
    detailsUrl: `${webOf(hub, repository)}/actions/runs/${run.id}/job/${job.id}`,
    startedAt: run.createdAt,
  };
  repository.checkRuns.push(check);
  return check;
}
