import type { Caller } from '../domain/caller.ts';
import { requireOverridable, requireTickable, retryOf } from '../domain/check-answers.ts';
import type { Deployment } from '../domain/deployment.ts';
import { NotEligible, UserError } from '../domain/errors.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import { holdersOf, isOf, type Membership } from '../domain/people-policy.ts';
import { mention } from '../domain/permission.ts';
import { ROLES } from '../domain/roles.ts';
import type { Adapters } from './adapters.ts';
import { ringPreparing } from './prepare-bell.ts';
import { decided } from './steer-deployment.ts';

type Reached = Pick<Adapters, 'store' | 'policy'>;
type Member = { member: Membership; caller: Caller };

/** Has what failed before the start looked at, or built, again; what it was before. Throws a `UserError` where nothing has failed. */
export async function retry(
  request: { deployment: number },
  caller: Caller,
  { store }: Pick<Reached, 'store'>,
): Promise<Deployment> {
  return decided(request, store, (deployment) =>
    write(deployment, { event: retryOf(deployment), caller, word: 'retry of' }, store),
  );
}

/**
 * Lets the check that failed pass all the same, with a reason. Throws a `UserError` where there is none, nobody may, or no reason is
 * given, and `NotEligible` for somebody without the role that the policy asks for.
 */
export async function overrideCheck(
  request: { deployment: number; why?: string },
  { member, caller }: Member,
  { store, policy }: Reached,
): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    const { name, override } = requireOverridable(deployment);
    requireRole({ role: override, what: `override “${name}”` }, { deployment, member }, policy);
    const { why = '' } = request;
    if (why.trim() === '') {
      throw new UserError(
        `Nothing was done: say why, as in \`/forge override #${deployment.number} because …\`. The reason is kept with it and shown to everybody.`,
      );
    }
    const event: DeploymentEvent = { type: 'check-overridden', name };
    return write(deployment, { event, caller, word: 'override of', why }, store);
  });
}

/** Confirms what a box says; `of`: of which box the person knows. Throws a `UserError` where it is ticked, or there is none. */
export async function tickBox(
  request: { deployment: number; box: string; of?: string },
  { member, caller }: Member,
  { store, policy }: Reached,
): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    const { name, of, box } = requireTickable(deployment, request.box);
    if (request.of !== undefined && request.of !== of) {
      throw new UserError(
        `Nothing was done: “${name}” says something else by now. Read it in the message of #${deployment.number} and confirm it there.`,
      );
    }
    if (box.by !== undefined) {
      requireRole({ role: box.by, what: `confirm “${name}”` }, { deployment, member }, policy);
    }
    const event: DeploymentEvent = { type: 'box-ticked', name, of };
    return write(deployment, { event, caller, word: 'tick of' }, store);
  });
}

/** Of a role that policy names for one thing, a greater role counts as well. */
function requireRole(
  { role, what }: { role: string; what: string },
  { deployment, member }: { deployment: Deployment; member: Membership },
  { people }: Reached['policy'],
): void {
  if (isOf(role, member, deployment, people)) return;
  const known = ROLES.find((one) => one === role);
  const holders = known === undefined ? [] : holdersOf(known, deployment, people).map(mention);
  const ask = holders.length === 0 ? 'Nobody has that role there.' : `Ask ${holders.join(' or ')}.`;
  throw new NotEligible(
    `Nothing was done: it takes the role ${role.replaceAll('-', ' ')} to ${what} of #${deployment.number}. ${ask}`,
  );
}

function write(
  { number, version }: Deployment,
  { event, caller, word, why }: { event: DeploymentEvent; caller: Caller; word: string; why?: string },
  store: Reached['store'],
): ReturnType<Reached['store']['commit']> {
  return store.commit([
    {
      ...{ kind: 'append', deployment: number, expect: version, events: [event] },
      ...{ by: caller.actor, cause: caller.arrival },
      ...(why === undefined ? {} : { why }),
    },
    ringPreparing(number, { id: caller.arrival, by: caller.actor.userId }),
    { kind: 'finish-arrival', id: caller.arrival, outcome: `${word} #${number}` },
  ]);
}
