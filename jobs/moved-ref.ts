import { refNameOf } from '../src/domain/automatic.ts';
import { isCommitPrefix } from '../src/domain/commit-name.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../src/ports/code-host.ts';
import type { CallOptions } from '../src/ports/platform.ts';
import { commitOf } from '../src/use-cases/followed-refs.ts';
import type { World } from './world.ts';

/** Nobody waits longer for what changes nothing. Milliseconds. */
const PATIENCE = 10_000;

/**
 * What has become of the branch or tag somebody named, as a sentence without its full stop; undefined where it still is what is deployed,
 * or nobody named one. It changes nothing: the commit that was asked for is deployed.
 */
export async function movedRef(
  { service, plan, ref, pushed }: Deployment,
  { codeHost, policy }: Pick<World, 'codeHost' | 'policy'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { commit } = plan.to;
  const followed = pushed === undefined ? undefined : refNameOf(pushed.ref);
  const named = followed?.name ?? ref;
  const repository = serviceNamed(policy, service)?.repository;
  if (named === undefined || commit === undefined || codeHost === undefined || repository === undefined) {
    return undefined;
  }
  // A branch may well be called `abc`: what is too short for a commit is the name of something.
  if (followed === undefined && isCommitPrefix(named.toLowerCase(), commit)) return undefined;
  const asked = `${commit.slice(0, 12)} is deployed, as it was asked for`;
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const options = { signal: limited };
    const now =
      followed === undefined
        ? await namedNow(repository, named, codeHost, options)
        : await commitOf(repository, followed, codeHost, options);
    if (now === undefined) return `${named} is not on GitHub any more; ${asked}`;
    if (now === commit) return undefined;
    return `${named} has moved to ${now.slice(0, 12)} since; ${asked}`;
  } catch (error) {
    if (signal.aborted) throw error;
    const isTold =
      error instanceof CodeHostUnavailable ||
      error instanceof CodeHostRefused ||
      (error instanceof Error && error.name === 'TimeoutError');
    if (!isTold) throw error;
    return `GitHub does not say whether ${named} has moved since; ${asked}`;
  }
}

/** As whoever typed the name meant it: a branch, then a tag. */
async function namedNow(
  repository: string,
  name: string,
  codeHost: CodeHost,
  options: CallOptions,
): Promise<string | undefined> {
  const now = await codeHost.ref(repository, name, options);
  return now.kind === 'absent' ? undefined : now.sha;
}
