/** What somebody may do in a repository, from least to most. */
export const ROLES = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type Account = {
  id: number;
  login: string;
  name: string | null;
  /** The address they show to everybody; null for none. */
  email: string | null;
  type: 'User' | 'Bot';
  /** Absent for somebody outside of the organisation. */
  isMember: boolean;
  /** In every repository here; undefined for none. */
  role?: Role;
};

export const ORGANISATION = { id: 9001, login: 'acme' } as const;
export const APP = { id: 4242, slug: 'forge', name: 'Forge', installation: 777001 } as const;
export const FORGE_LOGIN = 'forge[bot]';
export const ACTIONS_LOGIN = 'github-actions[bot]';

export const ACCOUNTS: readonly Account[] = [
  person(101, 'maya-p', 'Maya Chen', 'maya@acme.example', 'write'),
  person(102, 'sam-okafor', 'Sam Okafor', 'sam@acme.example', 'admin'),
  person(103, 'lena-f', 'Lena Fischer', 'lena@acme.example', 'maintain'),
  person(104, 'ravi-patel', 'Ravi Patel', 'ravi@acme.example', 'write'),
  // Nobody in Slack knows this one, and GitHub shows no address.
  { ...person(105, 'drive-by', null, null, 'write'), isMember: false },
  // May look, so that a review does not count.
  { ...person(106, 'passer-by', 'Pat Asser', null, 'read'), isMember: false },
  bot(201, FORGE_LOGIN),
  bot(202, ACTIONS_LOGIN),
  bot(203, 'dependabot[bot]'),
];

export const TEAMS: readonly { id: number; slug: string; name: string; members: readonly string[] }[] = [
  { id: 301, slug: 'platform', name: 'Platform', members: ['sam-okafor', 'lena-f'] },
];

/** By login, whatever its letters' case. */
export function accountOf(login: string): Account | undefined {
  return ACCOUNTS.find((account) => account.login.toLowerCase() === login.toLowerCase());
}

/** Throws for a login nobody has: those kept in the model are known. */
export function knownAccount(login: string): Account {
  const account = accountOf(login);
  if (account === undefined) throw new Error(`There is no account ${login}.`);
  return account;
}

/** Whose address stands in a commit. */
export function accountWithEmail(email: string): Account | undefined {
  const wanted = email.toLowerCase();
  return ACCOUNTS.find((account) => addressesOf(account).includes(wanted));
}

/** The address git knows somebody by. */
export function commitEmail(account: Account): string {
  return account.email ?? `${account.id}+${account.login}@users.noreply.github.com`;
}

function addressesOf(account: Account): string[] {
  return [commitEmail(account), `${account.id}+${account.login}@users.noreply.github.com`].map((address) =>
    address.toLowerCase(),
  );
}

/** Whether a role is enough for another. */
export function isAtLeast(role: Role | undefined, wanted: Role): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** The token with which a person reaches the API and git. */
export function tokenOf(login: string): string {
  return `ghp_sandbox_${login}`;
}

function person(id: number, login: string, name: string | null, email: string | null, role: Role): Account {
  return { id, login, name, email, type: 'User', isMember: true, role };
}

function bot(id: number, login: string): Account {
  return { id, login, name: null, email: null, type: 'Bot', isMember: false };
}
