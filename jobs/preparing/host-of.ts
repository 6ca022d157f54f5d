import { serviceNamed } from '../../src/domain/policy.ts';
import type { CodeHost, Repository } from '../../src/ports/code-host.ts';
import type { World } from '../world.ts';

/** Where the code of a service is; `says`: why nobody can tell. */
export function hostOf(
  service: string,
  { codeHost, policy }: Pick<World, 'codeHost' | 'policy'>,
): { kind: 'host'; codeHost: CodeHost; repository: Repository } | { kind: 'none'; says: string } {
  const repository = serviceNamed(policy, service)?.repository;
  if (repository === undefined) {
    return { kind: 'none', says: `${service} is not in the policy file any more.` };
  }
  if (codeHost === undefined) {
    return {
      kind: 'none',
      says: 'Forge is not connected to GitHub. An administrator can set that up; the README says how.',
    };
  }
  return { kind: 'host', codeHost, repository };
}
