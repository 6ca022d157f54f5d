import { UserError } from '../src/domain/errors.ts';
import { admission } from '../src/domain/permission.ts';
import type { People, Person } from '../src/ports/people.ts';

export type Admission = { kind: 'admitted'; person: Person } | { kind: 'denied'; reason: string };

/** Whether a person may use Forge. A denial is checked once more with fresh facts. Throws a `UserError` when Slack does not say who they are. */
export async function admissionOf(userId: string, people: People): Promise<Admission> {
  const known = await identified(userId, people, { fresh: false });
  if (known !== undefined && admission(known).kind === 'allowed') return { kind: 'admitted', person: known };
  const person = await identified(userId, people, { fresh: true });
  const decision = admission(person);
  if (decision.kind === 'denied') return decision;
  if (person === undefined) throw new Error('Permission was given to nobody');
  return { kind: 'admitted', person };
}

async function identified(
  userId: string,
  people: People,
  options: { fresh: boolean },
): Promise<Person | undefined> {
  try {
    return await people.person(userId, options);
  } catch (error) {
    throw new UserError(
      'Slack did not say who you are, so Forge cannot tell whether you may do this. Nothing was done; try again in a minute.',
      { cause: error },
    );
  }
}
