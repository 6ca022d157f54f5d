import type { CommandRequest } from '../ports/command-runner.ts';

const REQUEST = { repository: /^[\w.-]+\/[\w.-]+$/u, commit: /^[0-9a-f]{40}$/u } as const;

/** Nothing but these reaches a command line or a path. */
export function requireWellFormed({
  repository,
  commit,
}: Pick<CommandRequest, 'repository' | 'commit'>): void {
  if (!REQUEST.repository.test(repository)) throw new Error(`${repository} is no name of a repository`);
  if (!REQUEST.commit.test(commit)) throw new Error(`${commit} is not the whole number of a commit`);
}
