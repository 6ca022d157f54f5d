import { z } from 'zod';
import { changedFiles } from '../git/changes.ts';
import { logCommits, mergeBase } from '../git/commits.ts';
import { invalid, notFound } from '../github-error.ts';
import type { Pull } from '../model.ts';
import { ORGANISATION } from '../people.ts';
import { tellPull } from '../pull-events.ts';
import { branchHead, mergePull, openPull, reopenPull } from '../pulls.ts';
import { closePull } from '../ref-changes.ts';
import { commitView, fileView } from '../views/commits.ts';
import { pullView } from '../views/pulls.ts';
import { loginOf } from './caller.ts';
import { fullPull, NOT_ASKED_YET } from './full-pull.ts';
import { knownPull } from './known-pull.ts';
import { paged } from './paged.ts';
import { pullsWith } from './pulls-with.ts';
import { created, inRepository, NO_CONTENT, ok, type RepositoryCall, type Route } from './route.ts';

const NewPull = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().default(null),
  draft: z.boolean().default(false),
});
const ChangedPull = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullable().optional(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});
const Merge = z.object({
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

export const pullRoutes: Route[] = [
  inRepository('GET /pulls', 'pulls.list', ['pull_requests', 'read'], (call) => {
    const { items, headers } = paged(call, wantedPulls(call));
    return ok(
      items.map((pull) => pullView(pull, call)),
      headers,
    );
  }),
  inRepository('POST /pulls', 'pulls.create', ['pull_requests', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const { draft: isDraft, ...wanted } = call.read(NewPull);
      const pull = await openPull(call, { ...wanted, isDraft, by: loginOf(call.caller) });
      return created(await fullPull(pull, call, NOT_ASKED_YET));
    }),
  ),
  inRepository('GET /pulls/:pull_number', 'pulls.get', ['pull_requests', 'read'], async (call) =>
    ok(await fullPull(knownPull(call), call)),
  ),
  inRepository('PATCH /pulls/:pull_number', 'pulls.update', ['pull_requests', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const pull = knownPull(call);
      await change(pull, call.read(ChangedPull), call);
      return ok(await fullPull(pull, call));
    }),
  ),
  inRepository('GET /pulls/:pull_number/merge', 'pulls.checkIfMerged', ['pull_requests', 'read'], (call) => {
    if (knownPull(call).merged === undefined) throw notFound();
    return NO_CONTENT;
  }),
  // Merging writes to a branch, so it wants more than the rest.
  inRepository('PUT /pulls/:pull_number/merge', 'pulls.merge', ['contents', 'write'], (call) =>
    call.repository.inTurn(async () => {
      const { sha, merge_method: method, commit_title: title, commit_message: message } = call.read(Merge);
      const by = loginOf(call.caller);
      const commit = await mergePull(call, knownPull(call), { by, method, sha, title, message });
      return ok({ sha: commit, merged: true, message: 'Pull Request successfully merged' });
    }),
  ),
  inRepository(
    'GET /pulls/:pull_number/commits',
    'pulls.listCommits',
    ['pull_requests', 'read'],
    async (call) => {
      const { base, head, merged } = knownPull(call);
      const from = merged?.before ?? base.sha;
      const commits = await logCommits(call.repository.git, [`${from}..${head.sha}`], { most: 250 });
      const { items, headers } = paged(call, commits.reverse());
      return ok(
        items.map((commit) => commitView(commit, call)),
        headers,
      );
    },
  ),
  inRepository(
    'GET /pulls/:pull_number/files',
    'pulls.listFiles',
    ['pull_requests', 'read'],
    async (call) => {
      const { base, head, merged } = knownPull(call);
      const { git } = call.repository;
      const common = await mergeBase(git, merged?.before ?? base.sha, head.sha);
      const { items, headers } = paged(call, await changedFiles(git, common, head.sha));
      return ok(
        items.map((file) => fileView(file, head.sha, call)),
        headers,
      );
    },
  ),
  inRepository(
    'GET /commits/:sha/pulls',
    'repos.listPullRequestsAssociatedWithCommit',
    ['pull_requests', 'read'],
    async (call) => {
      const { items, headers } = paged(call, await pullsWith(call));
      return ok(
        items.map((pull) => pullView(pull, call)),
        headers,
      );
    },
  ),
];

function wantedPulls({ repository, query }: RepositoryCall): Pull[] {
  const state = query.get('state') ?? 'open';
  // GitHub takes no branch without its owner, and then lists everything.
  const head = query.get('head')?.includes(':') === true ? query.get('head') : null;
  const base = query.get('base');
  const isAscending = query.get('direction') === 'asc';
  const wanted = repository.pulls.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (head === null || head === `${ORGANISATION.login}:${pull.head.ref}`) &&
      (base === null || base === pull.base.ref),
  );
  return isAscending ? wanted : wanted.reverse();
}

async function change(pull: Pull, to: z.output<typeof ChangedPull>, call: RepositoryCall): Promise<void> {
  const { hub, repository } = call;
  const by = loginOf(call.caller);
  if (to.base !== undefined && to.base !== pull.base.ref) {
    const sha = await branchHead(repository, to.base);
    if (sha === undefined) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
    pull.base = { ref: to.base, sha };
  }
  if (to.state === 'open' && pull.state === 'closed') await reopenPull(call, pull, by);
  pull.title = to.title ?? pull.title;
  if (to.body !== undefined) pull.body = to.body;
  pull.updatedAt = hub.now();
  if (to.state === 'closed' && pull.state === 'open') return closePull(call, pull, by);
  if (to.title !== undefined || to.body !== undefined) tellPull(call, pull, { action: 'edited', by });
}
