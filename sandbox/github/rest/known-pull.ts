import { notFound } from '../github-error.ts';
import type { Pull } from '../model.ts';
import { numberIn, type RepositoryCall } from './route.ts';

/** The pull request of the path. Throws GithubError 404. */
export function knownPull(call: RepositoryCall): Pull {
  const number = numberIn(call, 'pull_number');
  const pull = call.repository.pulls.find((one) => one.number === number);
  if (pull === undefined) throw notFound();
  return pull;
}
