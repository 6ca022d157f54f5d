import { z } from 'zod';
import { readCommit } from '../git/commits.ts';
import { findRef, listRefs } from '../git/refs.ts';
import { notFound } from '../github-error.ts';
import type { Protection } from '../model.ts';
import { repositoryView } from '../views/accounts.ts';
import { apiOf } from '../views/addresses.ts';
import { commitView } from '../views/commits.ts';
import { paged } from './paged.ts';
import { inRepository, NO_CONTENT, ok, type RepositoryCall, type Route } from './route.ts';

const NewProtection = z.object({
  required_status_checks: z
    .object({ strict: z.boolean().default(false), contexts: z.array(z.string()).default([]) })
    .nullable(),
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.int().min(0).max(6).default(1) })
    .nullable(),
});

/** The repository, its branches and tags, and the rules of its branches. */
export const repositoryRoutes: Route[] = [
  inRepository('GET ', 'repos.get', ['metadata', 'read'], ({ hub, repository }) =>
    ok(repositoryView(hub, repository)),
  ),
  inRepository('GET /branches', 'repos.listBranches', ['contents', 'read'], async (call) => {
    const { items, headers } = paged(call, await listRefs(call.repository.git, 'refs/heads/'));
    return ok(
      items.map(({ name, commit }) => shortBranch(name.slice('refs/heads/'.length), commit, call)),
      headers,
    );
  }),
  ...protectionRoutes(),
  inRepository('GET /branches/:branch*', 'repos.getBranch', ['contents', 'read'], async (call) => {
    const { hub, repository } = call;
    const branch = call.params.branch ?? '';
    const ref = await findRef(repository.git, `refs/heads/${branch}`);
    if (ref === undefined) throw branchNotFound();
    const commit = await readCommit(repository.git, ref.commit);
    return ok({
      ...shortBranch(branch, ref.commit, call),
      commit: commitView(commit, { hub, repository }),
      protection_url: `${apiOf(hub, repository)}/branches/${branch}/protection`,
    });
  }),
  inRepository('GET /tags', 'repos.listTags', ['contents', 'read'], async (call) => {
    const tags = (await listRefs(call.repository.git, 'refs/tags/')).reverse();
    const { items, headers } = paged(call, tags);
    const api = apiOf(call.hub, call.repository);
    return ok(
      items.map(({ name, commit }) => ({
        name: name.slice('refs/tags/'.length),
        commit: { sha: commit, url: `${api}/commits/${commit}` },
        node_id: `REF_${name}`,
      })),
      headers,
    );
  }),
];

function protectionRoutes(): Route[] {
  const place = '/branches/:branch*/protection' as const;
  return [
    inRepository(`GET ${place}`, 'repos.getBranchProtection', ['administration', 'read'], (call) => {
      const protection = call.repository.protections.get(call.params.branch ?? '');
      if (protection === undefined) throw notFound();
      return ok(protectionView(protection));
    }),
    inRepository(
      `PUT ${place}`,
      'repos.updateBranchProtection',
      ['administration', 'write'],
      async (call) => {
        const branch = call.params.branch ?? '';
        const { required_status_checks: checks, required_pull_request_reviews: reviews } =
          call.read(NewProtection);
        if ((await findRef(call.repository.git, `refs/heads/${branch}`)) === undefined)
          throw branchNotFound();
        const protection = {
          checks: checks?.contexts ?? [],
          approvals: reviews?.required_approving_review_count ?? 0,
          upToDate: checks?.strict ?? false,
        };
        call.repository.protections.set(branch, protection);
        return ok(protectionView(protection));
      },
    ),
    inRepository(`DELETE ${place}`, 'repos.deleteBranchProtection', ['administration', 'write'], (call) => {
      if (!call.repository.protections.delete(call.params.branch ?? '')) throw notFound();
      return NO_CONTENT;
    }),
  ];
}

function protectionView({ checks, approvals, upToDate }: Protection) {
  return {
    required_status_checks: {
      strict: upToDate,
      contexts: checks,
      checks: checks.map((context) => ({ context, app_id: null })),
    },
    required_pull_request_reviews: { required_approving_review_count: approvals },
    enforce_admins: { enabled: true },
  };
}

function shortBranch(name: string, sha: string, { hub, repository }: RepositoryCall) {
  return {
    name,
    commit: { sha, url: `${apiOf(hub, repository)}/commits/${sha}` },
    protected: repository.protections.has(name),
  };
}

function branchNotFound() {
  return notFound('Branch not found');
}
