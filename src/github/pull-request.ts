import { z } from 'zod';
import type { PullRequest, Repository } from '../ports/code-host.ts';
import type { Read } from './api.ts';
import { PULL_REQUESTS } from './permissions.ts';
import { Account, personOf } from './person.ts';

const Side = z.object({
  ref: z.string(),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  repo: z.object({ full_name: z.string() }).nullish(),
});

/** A pull request as lists hold it. */
export const PullSummary = z.object({
  number: z.number(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
  head: Side,
  base: Side,
});
export type PullSummary = z.infer<typeof PullSummary>;

/** A pull request by itself. */
export const PullAnswer = PullSummary.extend({
  node_id: z.string(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  merged: z.boolean(),
  mergeable: z.boolean().nullish(),
  mergeable_state: z.string(),
  merge_commit_sha: z.string().nullish(),
  merged_by: Account,
  user: Account,
  labels: z.array(z.object({ name: z.string() })),
  requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
  requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
});
export type PullAnswer = z.infer<typeof PullAnswer>;

/** Whether its branch is of the repository itself, and not of a fork with a branch of the same name. */
export function isOfRepository({ head, base }: PullSummary): boolean {
  return head.repo != null && head.repo.full_name === base.repo?.full_name;
}

export function pullCall(repository: Repository, number: number): Read<PullAnswer> {
  return {
    what: `read pull request #${number} of ${repository}`,
    needs: { ...PULL_REQUESTS, access: 'read' },
    route: 'GET /repos/{owner}/{repo}/pulls/{number}',
    parameters: { number },
    answer: PullAnswer,
    isOften: true,
  };
}

export function pullRequestOf(pull: PullAnswer): PullRequest {
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.merged ? 'merged' : pull.state,
    isDraft: pull.draft === true,
    head: { ref: pull.head.ref, sha: pull.head.sha },
    base: { ref: pull.base.ref, sha: pull.base.sha },
    author: personOf(pull.user),
    mergeable: mergeableOf(pull),
    labels: pull.labels.map(({ name }) => name),
    reviewersAsked: [
      ...(pull.requested_reviewers ?? []).map(({ login }) => login),
      ...(pull.requested_teams ?? []).map(({ slug }) => slug),
    ],
    ...(pull.merged && pull.merge_commit_sha != null && { mergeCommit: pull.merge_commit_sha }),
    ...(pull.merged && pull.merged_by != null && { mergedBy: personOf(pull.merged_by) }),
  };
}

/** https://docs.github.com/en/graphql/reference/enums#mergestatestatus says what the states mean; REST writes them small. */
function mergeableOf({ mergeable, mergeable_state: state }: PullAnswer): PullRequest['mergeable'] {
  if (mergeable === false || state === 'dirty') return 'conflict';
  if (mergeable !== true) return 'unknown';
  switch (state) {
    case 'clean':
    case 'unstable':
    case 'has_hooks':
      return 'yes';
    case 'behind':
      return 'behind';
    case 'blocked':
    case 'draft':
      return 'blocked';
    default:
      return 'unknown';
  }
}
