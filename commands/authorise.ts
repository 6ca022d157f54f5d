import { UserError } from '../src/domain/errors.ts';
import { type ActPlace, groupsIn, type Membership, rolesOf } from '../src/domain/people-policy.ts';
import { permission } from '../src/domain/permission.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Act, Role } from '../src/domain/roles.ts';
import type { People, Person } from '../src/ports/people.ts';

/**
 * Throws a `UserError` with the reason unless the person may. To be in a group only ever adds to what somebody may do, so
 * groups are asked for where nothing else allows it; a denial is checked once more with fresh facts.
 */
export async function authorise(
  person: Person,
  needed: { act: Act } & ActPlace,
  { policy, people }: { policy: Policy; people: People },
): Promise<void> {
  const decide = (asker: Person | undefined, groups: readonly string[]) =>
    permission(asker === undefined ? undefined : { ...asker, groups }, needed, policy.people);
  if (decide(person, []).kind === 'allowed') return;
  const named = groupsIn(policy.people);
  if (named.length > 0 && decide(person, await groupsOf(person, people, false)).kind === 'allowed') return;
  const asker = await known(people.person(person.id, { fresh: true }));
  const groups = named.length === 0 ? [] : await groupsOf(person, people, true);
  const decision = decide(asker, groups);
  if (decision.kind === 'denied') throw new UserError(`${decision.reason} Nothing was done.`);
}

/** A person with the groups they are in. Throws a `UserError` when Slack does not say. */
export async function membershipOf(
  person: Person,
  { policy, people }: { policy: Policy; people: People },
  { fresh }: { fresh: boolean },
): Promise<Membership> {
  const groups = groupsIn(policy.people).length === 0 ? [] : await groupsOf(person, people, fresh);
  return { ...person, groups };
}

/** The roles a person has in a place, as Slack said of their groups minutes ago at most. Throws a `UserError` when it does not. */
export async function rolesIn(
  place: ActPlace,
  person: Person,
  { policy, people }: { policy: Policy; people: People },
): Promise<Role[]> {
  return rolesOf(await membershipOf(person, { policy, people }, { fresh: false }), place, policy.people);
}

function groupsOf({ id }: Person, people: People, fresh: boolean): Promise<string[]> {
  return known(people.groupsOf(id, { fresh }));
}

/** Unknown is not allowed. */
async function known<Fact>(asked: Promise<Fact>): Promise<Fact> {
  try {
    return await asked;
  } catch (error) {
    throw new UserError(
      'Slack did not say who you are and which groups you are in, so Forge cannot tell whether you may do this. Nothing was done; try again in a minute.',
      { cause: error },
    );
  }
}
