import type { Grants, PeoplePolicy, Subject } from '../domain/people-policy.ts';
import type { Role } from '../domain/roles.ts';
import { type People, ROLE_KEYS } from './people-setting.ts';
import type { PolicyFile } from './policy-file.ts';

/** What the file says of people, from the whole company to one service in one environment. */
export function peopleOf(file: PolicyFile): PeoplePolicy {
  const environments = entries(file.environments, ({ people }) => people);
  const services = Object.entries(file.services).flatMap(([name, { people }]) => {
    const grants = Object.entries(people).map(([environment, of]) => [environment, grantsOf(of)] as const);
    return grants.length === 0 ? [] : [[name, Object.fromEntries(grants)] as const];
  });
  return { all: grantsOf(file.people), environments, services: Object.fromEntries(services) };
}

function entries<Value>(
  group: Record<string, Value>,
  read: (value: Value) => People | undefined,
): Record<string, Grants> {
  return Object.fromEntries(
    Object.entries(group).flatMap(([name, value]) => {
      const people = read(value);
      return people === undefined ? [] : [[name, grantsOf(people)] as const];
    }),
  );
}

function grantsOf({ everyone, ...named }: People): Grants {
  const roles: Partial<Record<Role, Subject[]>> = {};
  const groups: Record<string, Subject[]> = {};
  for (const [key, subjects] of Object.entries(named)) {
    const unique = [...new Set(subjects)];
    const role = ROLE_KEYS[key];
    if (role === undefined) groups[key] = unique;
    else roles[role] = unique;
  }
  return { ...(everyone === undefined ? {} : { everyone }), roles, groups };
}
