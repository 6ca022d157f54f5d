import { contains, resolveCommit } from '../git/refs.ts';
import { notFound } from '../github-error.ts';
import type { Pull } from '../model.ts';
import type { RepositoryCall } from './route.ts';

/** Merged ones that brought the commit in; where there are none, open ones that hold it. */
export async function pullsWith({ repository, params }: RepositoryCall): Promise<Pull[]> {
  const { git, pulls } = repository;
  const sha = await resolveCommit(git, params.sha ?? '');
  if (sha === undefined) throw notFound(`No commit found for SHA: ${params.sha}`);
  const merged: Pull[] = [];
  const open: Pull[] = [];
  for (const pull of pulls.toReversed()) {
    if (pull.merged?.commit === sha || (await isBetween(repository, pull, sha))) {
      (pull.merged === undefined ? open : merged).push(pull);
    }
  }
  return merged.length > 0 ? merged : open.filter((pull) => pull.state === 'open');
}

async function isBetween({ git }: RepositoryCall['repository'], pull: Pull, sha: string): Promise<boolean> {
  const before = pull.merged?.before ?? pull.base.sha;
  if (await contains(git, { commit: before, ancestor: sha })) return false;
  const ends = [pull.head.sha, ...(pull.merged === undefined ? [] : [pull.merged.commit])];
  for (const end of ends) if (await contains(git, { commit: end, ancestor: sha })) return true;
  return false;
}
