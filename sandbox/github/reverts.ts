import { revertingCommit } from './git/merge.ts';
import { invalid } from './github-error.ts';
import type { Hub } from './hub.ts';
import type { Pull, Repository } from './model.ts';
import { branchHead, custom, joined, openPull, signatureOf } from './pulls.ts';
import { changeRefs } from './ref-changes.ts';

type Place = { hub: Hub; repository: Repository };

/** Opens the pull request that takes a merged one back. Throws GithubError 422 when it can't be. */
export async function openRevert(
  place: Place,
  pull: Pull,
  request: { by: string; title?: string | undefined; body?: string | undefined; isDraft: boolean },
): Promise<Pull> {
  const { hub, repository } = place;
  const { merged } = pull;
  if (merged === undefined) throw custom('The pull request is not merged.');
  const head = await freeBranch(repository, `revert-${pull.number}-${pull.head.ref}`);
  const onto = await branchHead(repository, pull.base.ref);
  if (onto === undefined) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  const title = request.title ?? `Revert "${pull.title}"`;
  const message = joined(title, `This reverts commit ${merged.commit}.`);
  const by = signatureOf(request.by, hub.now());
  const { commit, before } = merged;
  const reverting = await revertingCommit(repository.git, { onto, merged: commit, before, message, by });
  if (reverting === undefined) {
    throw custom('The pull request could not be reverted: there are conflicts. Revert it by hand.');
  }
  await changeRefs(place, { changes: [{ name: `refs/heads/${head}`, after: reverting }], by: request.by });
  const body = request.body ?? `Reverts ${repository.fullName}#${pull.number}`;
  const { by: author, isDraft } = request;
  return openPull(place, { head, base: pull.base.ref, title, body, isDraft, by: author });
}

async function freeBranch(repository: Repository, wanted: string): Promise<string> {
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? wanted : `${wanted}-${count}`;
    if ((await branchHead(repository, name)) === undefined) return name;
  }
}
