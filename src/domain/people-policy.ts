import { ACTS, type Act, allows, ROLES, type Role, rolesFor } from './roles.ts';

/** A Slack id of a person (`U…`) or of a user group (`S…`), or an e-mail address. */
export type Subject = string;

/** Who has which role. Roles it does not name are as the wider policy says. */
export type Grants = {
  /** What every full member of the workspace may do besides. */
  everyone?: Role | 'nobody';
  roles: Partial<Record<Role, readonly Subject[]>>;
  /** Further groups that approvals may be wanted from, such as `security`; to be in one allows nothing by itself. */
  groups: Readonly<Record<string, readonly Subject[]>>;
};

/** Where something is to be done; without an environment it is about Forge itself, or about all of them. */
export type ActPlace = { service?: string; environment?: string };

/** Everything policy says of people, from the whole company to one service in one environment. */
export type PeoplePolicy = {
  all: Grants;
  environments: Readonly<Record<string, Grants>>;
  /** By service, then by environment. */
  services: Readonly<Record<string, Readonly<Record<string, Grants>>>>;
};

/** What is known of a person besides who they are. */
export type Membership = {
  id: string;
  /** As Slack has it; absent where it does not say. */
  email?: string;
  /** The user groups of the policy they are in, by id. */
  groups: readonly string[];
};

/** The roles a person has in a place. The nearest grant that names a role decides who has it there. */
export function rolesOf(person: Membership, place: ActPlace, policy: PeoplePolicy): Role[] {
  const everyone = everyoneIn(place, policy);
  return ROLES.filter(
    (role) => role === everyone || holdersOf(role, place, policy).some((subject) => isOne(person, subject)),
  );
}

/** Who has a role in a place by name; `everyone` is not among them. */
export function holdersOf(role: Role, place: ActPlace, policy: PeoplePolicy): readonly Subject[] {
  return nearest(place, policy, ({ roles }) => roles[role]) ?? [];
}

/**
 * Whether a person is of a role, or of a group with that name, in a place: what a vote may count for. A greater role counts as
 * well, so an incident commander is also a release manager; and what policy expressly gives everyone, but not what everyone has
 * only because policy is silent.
 */
export function isOf(name: string, person: Membership, place: ActPlace, policy: PeoplePolicy): boolean {
  return isEverybodyOf(name, place, policy) || everyOf(name, place, policy).some((one) => isOne(person, one));
}

/** Whether policy expressly makes every full member one of a role. */
export function isEverybodyOf(name: string, place: ActPlace, policy: PeoplePolicy): boolean {
  const said = nearest(place, policy, ({ everyone }) => everyone);
  const role = roleNamed(name);
  return said !== undefined && said !== 'nobody' && role !== undefined && covers(said, role);
}

/** Those named for a role or for a greater one, or for a group: who may count for it. */
export function everyOf(name: string, place: ActPlace, policy: PeoplePolicy): Subject[] {
  const role = roleNamed(name);
  if (role === undefined) return [...membersOf(name, place, policy)];
  const named = ROLES.filter((one) => covers(one, role)).flatMap((one) => holdersOf(one, place, policy));
  return [...new Set(named)];
}

/** Those named for a role itself or a group: whom to ask first. */
export function membersOf(name: string, place: ActPlace, policy: PeoplePolicy): readonly Subject[] {
  const role = roleNamed(name);
  if (role !== undefined) return holdersOf(role, place, policy);
  return nearest(place, policy, ({ groups }) => groups[name]) ?? [];
}

/**
 * Whom to ask for a role or a group: those named for it, and where it is nobody but those who may not, whoever is named for a
 * greater role. Nobody is named where policy makes everyone one of it.
 */
export function askedFor(
  name: string,
  place: ActPlace,
  policy: PeoplePolicy,
  excluded: readonly Subject[],
): Subject[] {
  const others = (subjects: readonly Subject[]) => subjects.filter((one) => !excluded.includes(one));
  const own = others(membersOf(name, place, policy));
  if (own.length > 0 || isEverybodyOf(name, place, policy)) return own;
  return others(everyOf(name, place, policy));
}

/** Who may do something in a place; nobody: an empty list. */
export function allowedTo(act: Act, place: ActPlace, policy: PeoplePolicy): 'everyone' | Subject[] {
  const able = rolesFor(act);
  const everyone = everyoneIn(place, policy);
  if (everyone !== 'nobody' && able.includes(everyone)) return 'everyone';
  return [...new Set(able.flatMap((role) => holdersOf(role, place, policy)))];
}

/** Every user group the policy names: those whose members must be known. */
export function groupsIn({ all, environments, services }: PeoplePolicy): string[] {
  const every = [
    all,
    ...Object.values(environments),
    ...Object.values(services).flatMap((of) => Object.values(of)),
  ];
  const subjects = every.flatMap(({ roles, groups }) =>
    [...Object.values(roles), ...Object.values(groups)].flat(),
  );
  return [...new Set(subjects.filter(isGroup))];
}

function roleNamed(name: string): Role | undefined {
  return ROLES.find((one) => one === name);
}

/** Whether a role may do everything that another may. */
function covers(role: Role, other: Role): boolean {
  return ACTS.every((act) => allows(role, act) || !allows(other, act));
}

export function isGroup(subject: Subject): boolean {
  return subject.startsWith('S') && !subject.includes('@');
}

/**
 * Where the policy does not say, Forge is for everybody to deploy; and where it names nobody for that, also to answer what a
 * deployment asks, which would wait for nobody otherwise.
 */
function everyoneIn(place: ActPlace, policy: PeoplePolicy): Role | 'nobody' {
  const said = nearest(place, policy, ({ everyone }) => everyone);
  if (said !== undefined) return said;
  const isAnyoneNamed = rolesFor('resume').some((role) => holdersOf(role, place, policy).length > 0);
  return isAnyoneNamed ? 'deployer' : 'approver';
}

/** Addresses differ in case only by how they are typed. */
function isOne({ id, email, groups }: Membership, subject: Subject): boolean {
  if (subject.includes('@')) return email !== undefined && email.toLowerCase() === subject.toLowerCase();
  return isGroup(subject) ? groups.includes(subject) : subject === id;
}

function nearest<Value>(
  { service, environment }: ActPlace,
  { all, environments, services }: PeoplePolicy,
  read: (grants: Grants) => Value | undefined,
): Value | undefined {
  const levels =
    environment === undefined
      ? [all]
      : [
          service === undefined ? undefined : services[service]?.[environment],
          environments[environment],
          all,
        ];
  for (const level of levels) {
    const value = level === undefined ? undefined : read(level);
    if (value !== undefined) return value;
  }
  return undefined;
}
