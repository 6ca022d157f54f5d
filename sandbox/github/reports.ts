import { tellCheck, tellStatus } from './check-events.ts';
import type { Hub } from './hub.ts';
import type { CheckConclusion, CheckRun, Repository, Status } from './model.ts';

type Place = { hub: Hub; repository: Repository };

/** What a commit status comes to. */
export function reportStatus({ hub, repository }: Place, report: Omit<Status, 'id' | 'at'>): Status {
  const status: Status = { ...report, id: hub.newId(), at: hub.now() };
  repository.statuses.push(status);
  tellStatus({ hub, repository }, status);
  return status;
}

export type CheckReport = {
  name: string;
  sha: string;
  app: string;
  state: 'queued' | 'in_progress' | CheckConclusion;
  says?: string | undefined;
  by: string;
};

/** What a check of some app comes to: a new check run where the last of that name is completed, else that one. */
export function reportCheck({ hub, repository }: Place, report: CheckReport): CheckRun {
  const { name, sha, app, state, says, by } = report;
  const open = repository.checkRuns.find(
    (one) => one.name === name && one.sha === sha && one.app === app && one.status !== 'completed',
  );
  const check = open ?? newCheck(hub, { name, sha, app });
  if (open === undefined) repository.checkRuns.push(check);
  const isRunning = state === 'queued' || state === 'in_progress';
  check.status = isRunning ? state : 'completed';
  check.conclusion = isRunning ? null : state;
  if (!isRunning) check.completedAt = hub.now();
  if (says !== undefined) check.title = says;
  tellCheck({ hub, repository }, check, { action: isRunning ? 'created' : 'completed', by });
  return check;
}

function newCheck(hub: Hub, { name, sha, app }: { name: string; sha: string; app: string }): CheckRun {
  return { id: hub.newId(), name, sha, app, status: 'queued', conclusion: null, startedAt: hub.now() };
}
