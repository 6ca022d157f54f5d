import type { CheckPolicy } from '../domain/check.ts';
import { type CodeChange, type CodeChanges, codeChangeOf, comparedIn } from '../domain/code-changes.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Plan } from '../domain/plan.ts';
import { type Policy, serviceNamed } from '../domain/policy.ts';
import { checksFor } from '../domain/policy-checks.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { Adapters } from './adapters.ts';

type Asked = Pick<Deployment, 'service' | 'environment' | 'plan'>;
type Reached = Pick<Adapters, 'codeHost' | 'policy'>;

/** Whether anybody can be asked what a plan makes different in the code. */
export function areChangesReadable({ service, plan }: Asked, { codeHost, policy }: Reached): boolean {
  return (
    codeHost !== undefined && serviceNamed(policy, service) !== undefined && plan.to.commit !== undefined
  );
}

/**
 * What a plan makes different in the code, as the code host tells it now. What it refuses to tell, and its silence, are answers too:
 * unknown, with why. Throws when the signal aborts.
 */
export async function readCodeChanges(
  asked: Asked,
  { codeHost, policy }: Reached,
  options: CallOptions,
): Promise<CodeChanges> {
  const { service, plan } = asked;
  const repository = serviceNamed(policy, service)?.repository;
  const head = plan.to.commit;
  if (codeHost === undefined || repository === undefined || head === undefined) {
    return unknownChanges(plan, 'Forge is not connected to GitHub any more.');
  }
  const { live, unknownIn } = liveCommits(plan);
  if (live.size === 0) return unknownChanges(plan, 'Nobody knows which commit is live.');
  const migrations = migrationFiles(asked, policy);
  try {
    const changes: CodeChange[] = [];
    for (const [base, regions] of live) {
      const compare = (range: { base: string; head: string }) => codeHost.compare(repository, range, options);
      const both = await comparedBothWays({ base, head }, compare);
      changes.push(codeChangeOf({ regions, base }, both, migrations));
    }
    return { kind: 'known', of: comparedIn(plan), changes, unknownIn };
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof CodeHostRefused) return unknownChanges(plan, refused(error));
    if (error instanceof CodeHostUnavailable) return unknownChanges(plan, 'GitHub does not answer just now.');
    throw error;
  }
}

export function unknownChanges(plan: Plan, says: string): CodeChanges {
  return { kind: 'unknown', of: comparedIn(plan), says };
}

function liveCommits({ from }: Plan): { live: Map<string, string[]>; unknownIn: string[] } {
  const live = new Map<string, string[]>();
  const unknownIn: string[] = [];
  for (const [region, { commit }] of Object.entries(from)) {
    if (commit === undefined) unknownIn.push(region);
    else live.set(commit, [...(live.get(commit) ?? []), region]);
  }
  return { live, unknownIn };
}

/** The other way round only where something that is live would be taken away. */
async function comparedBothWays(
  { base, head }: { base: string; head: string },
  compare: (range: { base: string; head: string }) => ReturnType<CodeHost['compare']>,
) {
  const forward = await compare({ base, head });
  const isWithout = forward.status === 'behind' || forward.status === 'diverged';
  return isWithout ? { forward, backward: await compare({ base: head, head: base }) } : { forward };
}

/** Where the policy says that the files are which change the database. */
function migrationFiles({ service, environment }: Asked, policy: Policy): string[] {
  const patterns = checksFor({ service, environment }, policy).flatMap(filesOf);
  return [...new Set(patterns)];
}

function filesOf(check: CheckPolicy): string[] {
  return check.kind === 'migrations-safe' ? [check.files] : [];
}

function refused({ why, message }: CodeHostRefused): string {
  return why === 'not-found'
    ? 'GitHub does not know both what is live and what would go out, or does not show them to Forge.'
    : `GitHub refuses to tell. ${message}`;
}
