import type { PullRequest } from '../../../src/ports/code-host.ts';
import { type CodeHostWorld, options } from '../code-host.ts';

export const text = { title: 'Add a banner', body: 'So that people see it.' };
export const branches = { head: 'feature/x', base: 'main' };

/** A pull request of a branch with one commit. */
export async function openPull({ host, repository, push }: CodeHostWorld): Promise<PullRequest> {
  await push(branches.head, { files: { 'a.txt': 'a\n' } });
  return host.createPullRequest(repository, { ...branches, ...text }, options);
}
