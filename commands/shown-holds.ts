import type { AutomaticHold } from '../src/domain/automatic.ts';
import { UserError } from '../src/domain/errors.ts';
import type { ActPlace } from '../src/domain/people-policy.ts';
import { allows, type Role } from '../src/domain/roles.ts';
import type { ShownHold } from '../views/automatic-hold.ts';

/** Holds as one person sees them. Where Slack does not say which groups they are in, they are shown no button. */
export async function shownHolds(
  holds: readonly AutomaticHold[],
  rolesIn: (place: ActPlace) => Promise<Role[]>,
): Promise<ShownHold[]> {
  const mayResume = async ({ service, environment }: AutomaticHold): Promise<boolean> => {
    try {
      return (await rolesIn({ service, environment })).some((role) => allows(role, 'deploy'));
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  return Promise.all(holds.map(async (hold) => ({ hold, mayResume: await mayResume(hold) })));
}
