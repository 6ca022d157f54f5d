import type { People } from '../../src/ports/people.ts';
import type { Known } from '../../src/use-cases/require-still-may.ts';

/** A workspace in which whoever is asked about is a full member, in no user group and with no address. */
export const everybody: Known & Pick<People, 'membersOf'> = {
  person: async (id) => ({ id, name: id, kind: 'member', timeZone: 'UTC' }),
  groupsOf: async () => [],
  membersOf: async () => [],
};
