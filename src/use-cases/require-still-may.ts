import { NotEligible, UserError } from '../domain/errors.ts';
import type { ActPlace } from '../domain/people-policy.ts';
import { permission } from '../domain/permission.ts';
import type { Policy } from '../domain/policy.ts';
import type { Act } from '../domain/roles.ts';
import type { People } from '../ports/people.ts';

/** What Slack knows of people, as far as it decides what they may do. */
export type Known = Pick<People, 'person' | 'groupsOf'>;

/**
 * Asks for what is done in somebody’s name without them: they may have left, or lost the role. Throws a
 * `NotEligible` with the reason unless they may do it now, and a `UserError` where Slack does not say: unknown is not allowed.
 */
export async function requireStillMay(
  userId: string,
  needed: { act: Act } & ActPlace,
  { policy, people }: { policy: Policy; people: Known },
): Promise<void> {
  const asker = await membershipOf(userId, people).catch(silent);
  if (asker?.kind !== 'member') {
    throw new NotEligible(
      `it is <@${userId}>’s, who is no full member of this workspace any more. Somebody who may can schedule it anew.`,
    );
  }
  const decision = permission(asker, needed, policy.people);
  if (decision.kind === 'denied') {
    throw new NotEligible(`it is <@${userId}>’s, who may not do that any more. ${decision.reason}`);
  }
}

async function membershipOf(userId: string, people: Known) {
  const person = await people.person(userId, { fresh: true });
  return person === undefined
    ? undefined
    : { ...person, groups: await people.groupsOf(userId, { fresh: true }) };
}

function silent(cause: unknown): never {
  throw new UserError('Slack did not say who its owner is and what they may do.', { cause });
}
