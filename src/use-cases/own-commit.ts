import { UserError } from '../domain/errors.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Patience } from './patiently.ts';

/**
 * Throws a `UserError` for a commit that no branch and no tag of the repository is seen to have: it may be of a fork, which anybody
 * can make, and be named through the repository all the same. Errors as the code host's.
 */
export async function requireOwnCommit(
  { repository, sha }: { repository: string; sha: string },
  { codeHost, patiently }: { codeHost: CodeHost; patiently: Patience },
): Promise<void> {
  const belonging = await patiently((options) => codeHost.belonging(repository, sha, options));
  const commit = sha.slice(0, 12);
  switch (belonging.kind) {
    case 'on':
      return;
    case 'on-none':
      throw new UserError(
        `The commit ${commit} is on no branch and no tag of ${repository}, so nobody knows whose it is: of a fork, or of a branch that was deleted or pushed by force. Nothing was changed. Push it to a branch or tag of ${repository}, then deploy that.`,
      );
    case 'unclear':
      throw new UserError(
        `Forge cannot tell whether the commit ${commit} is of ${repository} or of a fork: none of the ${belonging.looked} branches and tags it looked at has it, and there are ${belonging.of}. Nothing was changed. Name the branch or tag that it is on instead.`,
      );
  }
}
