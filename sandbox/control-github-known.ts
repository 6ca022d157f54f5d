import { resolveCommit } from './github/git/refs.ts';
import type { GithubServer } from './github/github.ts';
import { repositoryNamed } from './github/hub.ts';
import type { Pull, Repository } from './github/model.ts';
import { ACCOUNTS, accountOf } from './github/people.ts';
import { ControlError } from './parts.ts';

/** By full name. Throws ControlError 404. */
export function knownRepository(hub: GithubServer['hub'], fullName: string): Repository {
  const repository = repositoryNamed(hub, fullName);
  if (repository !== undefined) return repository;
  const names = [...hub.repositories.values()].map((one) => one.fullName).join(', ');
  throw new ControlError(404, `repository: there is no ${fullName}. There are ${names}.`);
}

/** By number. Throws ControlError 404. */
export function knownPull({ pulls }: Repository, number: number): Pull {
  const pull = pulls.find((one) => one.number === number);
  if (pull === undefined) throw new ControlError(404, `pull: there is no pull request ${number}.`);
  return pull;
}

/** Of a branch, a tag or a commit. Throws ControlError 404. */
export async function knownCommit({ git }: Repository, ref: string): Promise<string> {
  const sha = await resolveCommit(git, ref);
  if (sha === undefined) throw new ControlError(404, `There is no branch, tag or commit "${ref}".`);
  return sha;
}

/** By login. Throws ControlError 404. */
export function knownLogin(login: string): string {
  const account = accountOf(login);
  if (account !== undefined) return account.login;
  const logins = ACCOUNTS.map((one) => one.login).join(', ');
  throw new ControlError(404, `as: there is nobody called "${login}". There are ${logins}.`);
}
