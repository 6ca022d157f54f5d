import { z } from 'zod';
import type { CodeHost, CommitCheck, Repository } from '../ports/code-host.ts';
import type { GithubApi } from './api.ts';
import { CHECKS, STATUSES } from './permissions.ts';
import { Moment } from './person.ts';
import { plainLine } from './said.ts';

const CheckRun = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  html_url: z.string().nullish(),
  details_url: z.string().nullish(),
  started_at: Moment.nullish(),
  output: z.object({ title: z.string().nullish() }).nullish(),
  app: z.object({ id: z.number() }).nullish(),
});

const Status = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  created_at: Moment.nullish(),
});

/** A check with who says it, and what tells which of a name is the newest: when, then GitHub's number. */
type Dated = { check: CommitCheck; by: string; at: number; id: number };

/** What is said of a commit: check runs and commit statuses. */
export function createChecks(api: GithubApi): Pick<CodeHost, 'checks'> {
  return {
    async checks(repository, sha, options) {
      const [runs, statuses] = await Promise.all([
        api.readPages(repository, runsCall(repository, sha), options),
        api.readPages(repository, statusesCall(repository, sha), options),
      ]);
      return worstOfEach([
        ...newestOfEach(runs.flatMap((page) => page.check_runs).map(ofRun)),
        ...newestOfEach(statuses.flatMap((page) => page.statuses).map(ofStatus)),
      ]);
    },
  };
}

function runsCall(repository: Repository, sha: string) {
  return {
    what: `read the checks of ${sha.slice(0, 12)} in ${repository}`,
    needs: CHECKS,
    route: 'GET /repos/{owner}/{repo}/commits/{sha}/check-runs' as const,
    parameters: { sha, filter: 'latest' },
    answer: z.object({ check_runs: z.array(CheckRun) }),
    isOften: true as const,
  };
}

function statusesCall(repository: Repository, sha: string) {
  return {
    what: `read the statuses of ${sha.slice(0, 12)} in ${repository}`,
    needs: STATUSES,
    route: 'GET /repos/{owner}/{repo}/commits/{sha}/status' as const,
    parameters: { sha },
    answer: z.object({ statuses: z.array(Status) }),
    isOften: true as const,
  };
}

function ofRun(run: z.infer<typeof CheckRun>): Dated {
  const url = run.html_url ?? run.details_url;
  const says = run.output?.title;
  const check: CommitCheck = {
    name: run.name,
    state: stateOfRun(run),
    ...(url && { url }),
    ...(says && { says: plainLine(says) }),
    ...(run.started_at != null && { startedAt: run.started_at }),
  };
  // One that has not begun is newer than any that has.
  return { check, by: `app ${run.app?.id}`, at: run.started_at ?? Number.POSITIVE_INFINITY, id: run.id };
}

function ofStatus(status: z.infer<typeof Status>): Dated {
  const check: CommitCheck = {
    name: status.context,
    state: stateOfStatus(status.state),
    ...(status.target_url && { url: status.target_url }),
    ...(status.description && { says: plainLine(status.description) }),
    ...(status.created_at != null && { startedAt: status.created_at }),
  };
  return { check, by: 'status', at: status.created_at ?? 0, id: 0 };
}

/** https://docs.github.com/en/rest/checks/runs */
const STATES = new Map<unknown, CommitCheck['state']>([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['neutral', 'neutral'],
  ['skipped', 'skipped'],
  ['stale', 'stale'],
  ['cancelled', 'cancelled'],
  ['timed_out', 'timed-out'],
  ['action_required', 'action-required'],
]);

/** A conclusion nobody has heard of is no pass. */
function stateOfRun({ status, conclusion }: z.infer<typeof CheckRun>): CommitCheck['state'] {
  return status === 'completed' ? (STATES.get(conclusion) ?? 'failed') : 'waiting';
}

function stateOfStatus(state: string): CommitCheck['state'] {
  if (state === 'pending') return 'waiting';
  return state === 'success' ? 'passed' : 'failed';
}

/** Of the same name by the same App: a new try takes the place of the one before. */
function newestOfEach(all: readonly Dated[]): Dated[] {
  const newest = new Map<string, Dated>();
  for (const one of all) {
    const key = JSON.stringify([one.by, one.check.name]);
    const other = newest.get(key);
    if (other === undefined || isNewer(one, other)) newest.set(key, one);
  }
  return [...newest.values()];
}

/**
 * As GitHub does where a name is required that several have: all of them must pass. Whoever may write a status would otherwise let
 * theirs stand for what another App found.
 */
function worstOfEach(all: readonly Dated[]): CommitCheck[] {
  const worst = new Map<string, CommitCheck>();
  for (const { check } of all) {
    const other = worst.get(check.name);
    if (other === undefined || BADNESS[check.state] > BADNESS[other.state]) worst.set(check.name, check);
  }
  return [...worst.values()];
}

const BADNESS: Record<CommitCheck['state'], number> = {
  ...{ passed: 0, neutral: 1, skipped: 2, waiting: 3, 'action-required': 4, stale: 5, cancelled: 6 },
  ...{ 'timed-out': 7, failed: 8 },
};

function isNewer(one: Dated, other: Dated): boolean {
  return one.at === other.at ? one.id > other.id : one.at > other.at;
}
