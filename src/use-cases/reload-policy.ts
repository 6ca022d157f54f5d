import type { Caller } from '../domain/caller.ts';
import { type Deployment, hasEffects } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import { canonicalJson } from '../domain/json.ts';
import { environmentNamed, type Policy, serviceNamed } from '../domain/policy.ts';
import { type PolicyChange, policyChanges } from '../domain/policy-changes.ts';
import type { Log } from '../ports/log.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { isYetToBegin, wakeWaiting } from './wake-waiting.ts';

export type ReloadOutcome =
  /** The one before stays in force, as with every outcome but `reloaded`. */
  | { kind: 'invalid'; problems: string[] }
  | { kind: 'unchanged' }
  /** These are under way, and the ground they stand on would change. */
  | { kind: 'in-use'; deployments: Pick<Deployment, 'number' | 'service' | 'environment'>[] }
  /** `waiting`: so many have not begun and are looked at again; votes that were given under another policy are void. */
  | { kind: 'reloaded'; changes: PolicyChange[]; waiting: number };

/**
 * Brings the policy as it is written now into force. May be done twice: the second time there is nothing to change. Throws a
 * `UserError` where this Forge has no file to read.
 */
export async function reloadPolicy(
  { actor, arrival }: Caller,
  { policy, store, policySource }: { policy: Policy; store: Store; policySource?: PolicySource | undefined },
): Promise<ReloadOutcome> {
  if (policySource === undefined) {
    throw new UserError('This Forge has no policy file that it could read again. Start it anew instead.');
  }
  const read = await policySource.read();
  if (read.kind === 'invalid') return read;
  if (read.policy.version === policy.version) return { kind: 'unchanged' };
  const unfinished = await store.unfinished();
  const deployments = unfinished.filter((one) => hasEffects(one) && isMoved(one, policy, read.policy));
  if (deployments.length > 0) return { kind: 'in-use', deployments };

  const changes = policyChanges(policy, read.policy);
  policySource.replace(read.policy);
  const rung = await wakeWaiting(() => true, { arrival, by: actor.userId }, store);
  await store.commit([
    ...rung,
    { kind: 'finish-arrival', id: arrival, outcome: `policy ${read.policy.version}` },
  ]);
  return { kind: 'reloaded', changes, waiting: unfinished.filter(isYetToBegin).length };
}

/** What a standby read when it was started may be old by the time it leads. What cannot be read or is wrong changes nothing. */
export async function takeUpPolicy({
  policy,
  policySource,
  log,
}: {
  policy: Policy;
  policySource?: PolicySource | undefined;
  log: Log;
}): Promise<void> {
  if (policySource === undefined) return;
  const read = await policySource.read();
  if (read.kind === 'invalid') {
    const { problems } = read;
    log.warn('The policy file is not right any more; what was read of it at the start stays in force', {
      problems,
    });
    return;
  }
  if (read.policy.version !== policy.version) policySource.replace(read.policy);
}

/** Whether a deployment would find another service, account or switch than those it has begun to change. */
function isMoved({ service, environment }: Deployment, before: Policy, after: Policy): boolean {
  return groundOf(before, service, environment) !== groundOf(after, service, environment);
}

function groundOf(policy: Policy, service: string, environment: string): string {
  const ofService = serviceNamed(policy, service);
  const ofEnvironment = environmentNamed(policy, environment);
  return canonicalJson({
    kind: ofService?.kind,
    container: ofService?.container,
    runs: ofService?.runs[environment],
    account: ofEnvironment?.account,
    switchRole: ofEnvironment?.deadMan?.role,
  });
}
