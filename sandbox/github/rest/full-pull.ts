import { changedFiles } from '../git/changes.ts';
import { logCommits, mergeBase } from '../git/commits.ts';
import { type MergeState, mergeState } from '../merge-state.ts';
import type { Pull } from '../model.ts';
import { userView } from '../views/accounts.ts';
import { statsOf } from '../views/commits.ts';
import { pullView } from '../views/pulls.ts';
import type { RepositoryCall } from './route.ts';

/** Whether it can be merged, before anybody asked. */
export const NOT_ASKED_YET: MergeState = { mergeable: null, state: 'unknown' };

/** With what lists leave out. */
export async function fullPull(pull: Pull, call: RepositoryCall, known?: MergeState) {
  const { hub, repository } = call;
  const { mergeable, state } = known ?? (await mergeState(repository, pull));
  const from = pull.merged?.before ?? pull.base.sha;
  const common = await mergeBase(repository.git, from, pull.head.sha);
  const [commits, files] = await Promise.all([
    logCommits(repository.git, [`${from}..${pull.head.sha}`]),
    changedFiles(repository.git, common, pull.head.sha),
  ]);
  const stats = statsOf(files);
  return {
    ...pullView(pull, call),
    merged: pull.merged !== undefined,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state,
    merged_by: pull.merged === undefined ? null : userView(hub, pull.merged.by),
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: stats.additions,
    deletions: stats.deletions,
    changed_files: files.length,
  };
}
