import type { Hub } from '../hub.ts';
import type { CheckRun, Repository, Status } from '../model.ts';
import { appView, userView } from './accounts.ts';
import { apiOf, moment, momentOrNull, webOf } from './addresses.ts';

type Place = { hub: Hub; repository: Repository };

export function checkRunView(check: CheckRun, { hub, repository }: Place) {
  const page = `${webOf(hub, repository)}/runs/${check.id}`;
  return {
    id: check.id,
    node_id: `CR_${check.id}`,
    name: check.name,
    head_sha: check.sha,
    external_id: check.externalId ?? '',
    url: `${apiOf(hub, repository)}/check-runs/${check.id}`,
    html_url: page,
    details_url: check.detailsUrl ?? page,
    status: check.status,
    conclusion: check.conclusion,
    started_at: moment(check.startedAt),
    completed_at: momentOrNull(check.completedAt),
    output: {
      title: check.title ?? null,
      summary: check.summary ?? null,
      text: null,
      annotations_count: 0,
      annotations_url: `${apiOf(hub, repository)}/check-runs/${check.id}/annotations`,
    },
    check_suite: { id: suiteId(check) },
    app: appView(hub, check.app),
    pull_requests: repository.pulls
      .filter((pull) => pull.state === 'open' && pull.head.sha === check.sha)
      .map(({ id, number, head, base }) => ({
        id,
        number,
        url: `${apiOf(hub, repository)}/pulls/${number}`,
        head: { ref: head.ref, sha: head.sha },
        base: { ref: base.ref, sha: base.sha },
      })),
  };
}

/** One suite for each app and commit. */
export function suiteView(checks: readonly CheckRun[], { hub, repository }: Place) {
  const [first] = checks;
  if (first === undefined) throw new Error('A suite has a check run at least.');
  const isDone = checks.every((check) => check.status === 'completed');
  const failure = checks.find(
    (check) =>
      check.conclusion !== 'success' && check.conclusion !== 'skipped' && check.conclusion !== 'neutral',
  );
  return {
    id: suiteId(first),
    node_id: `CS_${suiteId(first)}`,
    head_branch: null,
    head_sha: first.sha,
    status: isDone ? 'completed' : 'in_progress',
    conclusion: isDone ? (failure?.conclusion ?? 'success') : null,
    url: `${apiOf(hub, repository)}/check-suites/${suiteId(first)}`,
    before: null,
    after: null,
    pull_requests: [],
    app: appView(hub, first.app),
    created_at: moment(first.startedAt),
    updated_at: moment(Math.max(...checks.map((check) => check.completedAt ?? check.startedAt))),
    latest_check_runs_count: checks.length,
  };
}

/** The same for the same app and commit. */
export function suiteId({ sha, app }: CheckRun): number {
  return Number.parseInt(sha.slice(0, 8), 16) + (app === 'github-actions' ? 0 : 1);
}

export function statusView(status: Status, { hub, repository }: Place) {
  return {
    id: status.id,
    node_id: `SC_${status.id}`,
    url: `${apiOf(hub, repository)}/statuses/${status.sha}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    avatar_url: null,
    created_at: moment(status.at),
    updated_at: moment(status.at),
    creator: userView(hub, status.by),
  };
}
