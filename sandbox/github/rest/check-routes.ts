import { z } from 'zod';
import { tellCheck } from '../check-events.ts';
import { resolveCommit } from '../git/refs.ts';
import { GithubError, notFound } from '../github-error.ts';
import type { CheckRun, Status } from '../model.ts';
import { APP } from '../people.ts';
import { reportStatus } from '../reports.ts';
import { repositoryView } from '../views/accounts.ts';
import { checkRunView, statusView, suiteId, suiteView } from '../views/checks.ts';
import { loginOf } from './caller.ts';
import { paged } from './paged.ts';
import { created, inRepository, numberIn, ok, type RepositoryCall, type Route } from './route.ts';

const Progress = z.object({
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'])
    .optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  output: z.object({ title: z.string(), summary: z.string() }).optional(),
});
const NewCheck = Progress.extend({ name: z.string(), head_sha: z.string() });
const NewStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().default('default'),
  description: z.string().max(140).nullable().default(null),
  target_url: z.string().nullable().default(null),
});

/** Check runs, suites and commit statuses. */
export const checkRoutes: Route[] = [
  inRepository('POST /check-runs', 'checks.create', ['checks', 'write'], async (call) => {
    if (call.caller.kind !== 'installation')
      throw new GithubError(403, 'You must authenticate via a GitHub App.');
    const { hub, repository } = call;
    const { name, head_sha, ...progress } = call.read(NewCheck);
    const sha = await knownCommit(call, head_sha);
    const check: CheckRun = {
      id: hub.newId(),
      name,
      sha,
      app: APP.slug,
      status: 'queued',
      conclusion: null,
      startedAt: hub.now(),
    };
    advance(check, progress, hub.now());
    repository.checkRuns.push(check);
    tellCheck({ hub, repository }, check, { action: 'created', by: loginOf(call.caller) });
    return created(checkRunView(check, { hub, repository }));
  }),
  inRepository('GET /check-runs/:id', 'checks.get', ['checks', 'read'], (call) =>
    ok(checkRunView(knownCheck(call), call)),
  ),
  inRepository('PATCH /check-runs/:id', 'checks.update', ['checks', 'write'], (call) => {
    const { hub, repository } = call;
    const check = knownCheck(call);
    if (check.app !== APP.slug)
      throw new GithubError(
        403,
        'Invalid app_id `' +
          check.app +
          '` - check run can only be modified by the GitHub App that created it.',
      );
    advance(check, call.read(Progress), hub.now());
    const action = check.status === 'completed' ? 'completed' : 'created';
    tellCheck({ hub, repository }, check, { action, by: loginOf(call.caller) });
    return ok(checkRunView(check, call));
  }),
  inRepository('GET /commits/:ref*/check-runs', 'checks.listForRef', ['checks', 'read'], async (call) => {
    const sha = await knownCommit(call, call.params.ref ?? '');
    const wanted = filtered(call, sha);
    const { items, headers } = paged(call, wanted);
    return ok(
      { total_count: wanted.length, check_runs: items.map((one) => checkRunView(one, call)) },
      headers,
    );
  }),
  inRepository(
    'GET /commits/:ref*/check-suites',
    'checks.listSuitesForRef',
    ['checks', 'read'],
    async (call) => {
      const sha = await knownCommit(call, call.params.ref ?? '');
      const suites = Map.groupBy(
        call.repository.checkRuns.filter((check) => check.sha === sha),
        suiteId,
      );
      const { items, headers } = paged(call, [...suites.values()]);
      return ok(
        { total_count: suites.size, check_suites: items.map((one) => suiteView(one, call)) },
        headers,
      );
    },
  ),
  inRepository('POST /statuses/:sha', 'repos.createCommitStatus', ['statuses', 'write'], async (call) => {
    const sha = await knownCommit(call, call.params.sha ?? '');
    const { target_url: targetUrl, ...status } = call.read(NewStatus);
    const by = loginOf(call.caller);
    return created(statusView(reportStatus(call, { ...status, targetUrl, sha, by }), call));
  }),
  inRepository(
    'GET /commits/:ref*/statuses',
    'repos.listCommitStatusesForRef',
    ['statuses', 'read'],
    async (call) => {
      const sha = await knownCommit(call, call.params.ref ?? '');
      const { items, headers } = paged(call, statusesOf(call, sha));
      return ok(
        items.map((status) => statusView(status, call)),
        headers,
      );
    },
  ),
  inRepository(
    'GET /commits/:ref*/status',
    'repos.getCombinedStatusForRef',
    ['statuses', 'read'],
    async (call) => {
      const sha = await knownCommit(call, call.params.ref ?? '');
      const newest = newestOfEach(statusesOf(call, sha));
      const { items, headers } = paged(call, newest);
      return ok(
        {
          state: combinedState(newest),
          statuses: items.map((status) => statusView(status, call)),
          sha,
          total_count: newest.length,
          repository: repositoryView(call.hub, call.repository),
        },
        headers,
      );
    },
  ),
];

/** `latest`, as GitHub does unless told: the newest of each name, of each app. */
function filtered({ repository, query }: RepositoryCall, sha: string): CheckRun[] {
  const name = query.get('check_name');
  const status = query.get('status');
  const all = repository.checkRuns
    .filter((check) => check.sha === sha)
    .filter((check) => name === null || check.name === name)
    .filter((check) => status === null || check.status === status)
    .toReversed();
  if (query.get('filter') === 'all') return all;
  const newest = new Map<string, CheckRun>();
  for (const check of all.toReversed()) newest.set(`${check.app} ${check.name}`, check);
  return all.filter((check) => newest.get(`${check.app} ${check.name}`) === check);
}

function statusesOf({ repository }: RepositoryCall, sha: string): Status[] {
  return repository.statuses.filter((status) => status.sha === sha).toReversed();
}

/** `statuses` have the newest first. */
function newestOfEach(statuses: readonly Status[]): Status[] {
  const newest = new Map<string, Status>();
  for (const status of statuses) if (!newest.has(status.context)) newest.set(status.context, status);
  return [...newest.values()];
}

function combinedState(statuses: readonly Status[]): string {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length > 0 && statuses.every(({ state }) => state === 'success') ? 'success' : 'pending';
}

async function knownCommit({ repository }: RepositoryCall, ref: string): Promise<string> {
  const sha = await resolveCommit(repository.git, ref);
  if (sha === undefined) throw new GithubError(422, `No commit found for SHA: ${ref}`);
  return sha;
}

function knownCheck(call: RepositoryCall): CheckRun {
  const id = numberIn(call, 'id');
  const check = call.repository.checkRuns.find((one) => one.id === id);
  if (check === undefined) throw notFound();
  return check;
}

function advance(check: CheckRun, progress: z.output<typeof Progress>, now: number): void {
  const { status, conclusion, details_url, external_id, output } = progress;
  if (status === 'completed' && conclusion === undefined && check.conclusion === null) {
    throw new GithubError(422, 'Invalid request.\n\nMissing required conclusion for a completed check run.');
  }
  // A conclusion alone completes it.
  check.status = conclusion === undefined ? (status ?? check.status) : 'completed';
  check.conclusion = conclusion ?? check.conclusion;
  if (check.status === 'completed') check.completedAt = now;
  if (details_url !== undefined) check.detailsUrl = details_url;
  if (external_id !== undefined) check.externalId = external_id;
  if (output !== undefined) Object.assign(check, output);
}
