/** The workspace everybody finds in the sandbox. The tokens are fixed so that Forge can be configured beforehand. */
export const BOT_TOKEN = 'xoxb-sandbox-forge-bot';
export const APP_TOKEN = 'xapp-sandbox-forge-app';
/** With it Slack signs its requests to an app that is not in Socket Mode. */
export const SIGNING_SECRET = 'sandbox-signing-secret';
export const VERIFICATION_TOKEN = 'sandbox-verification-token';

export const TEAM = { id: 'T0ACME', name: 'Acme', domain: 'acme' } as const;
/** Where the strangers of shared channels come from. */
export const PARTNER_TEAM_ID = 'T0PARTNER';
export const APP_ID = 'A0FORGE';
export const BOT_ID = 'B0FORGE';
export const BOT_USER_ID = 'U0FORGE';
export const COMMAND = '/forge';

export type User = {
  readonly id: string;
  /** The handle people type after `@`. */
  readonly name: string;
  readonly displayName: string;
  readonly title: string;
  readonly timeZone: string;
  /** A stranger belongs to a partner's workspace and is here through a shared channel. */
  readonly kind: 'member' | 'guest' | 'stranger' | 'deactivated' | 'bot';
};

export const USERS: readonly User[] = [
  member('U0MAYA', 'maya', 'Maya Chen', 'Product manager', 'America/New_York'),
  member('U0JONAS', 'jonas', 'Jonas Weber', 'Project manager', 'Europe/Berlin'),
  member('U0PRIYA', 'priya', 'Priya Nair', 'Analyst', 'Asia/Kolkata'),
  member('U0SAM', 'sam', 'Sam Okafor', 'Engineer', 'Europe/London'),
  member('U0LENA', 'lena', 'Lena Fischer', 'Approver', 'Europe/Berlin'),
  member('U0RAVI', 'ravi', 'Ravi Patel', 'Release manager', 'America/Chicago'),
  member('U0DANA', 'dana', 'Dana Kim', 'Incident commander', 'America/Los_Angeles'),
  member('U0ELENA', 'elena', 'Elena Rossi', 'Executive', 'Europe/Rome'),
  { ...member('U0GUEST', 'gus', 'Gus Guest', 'Guest', 'Europe/Paris'), kind: 'guest' },
  { ...member('U0NOOR', 'noor', 'Noor Haddad', 'Partner', 'Asia/Dubai'), kind: 'stranger' },
  { ...member('U0DORA', 'dora', 'Dora Gone', 'Engineer', 'Europe/Berlin'), kind: 'deactivated' },
  { ...member(BOT_USER_ID, 'forge', 'Forge', 'App', 'Etc/UTC'), kind: 'bot' },
];

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly members: readonly string[];
  /** The one person of a direct message with Forge. */
  readonly directWith?: string;
};

const EMPLOYEES = USERS.filter((user) => user.kind === 'member').map((user) => user.id);

export const CHANNELS: readonly Channel[] = [
  channel('C0DEPLOYS', 'deploys', [...EMPLOYEES, 'U0GUEST', 'U0NOOR', BOT_USER_ID]),
  channel('C0PRODUCTION', 'production', [...EMPLOYEES, 'U0GUEST', BOT_USER_ID]),
  channel('C0ENGINEERING', 'engineering', [...EMPLOYEES, 'U0GUEST', BOT_USER_ID]),
  channel('C0GENERAL', 'general', [...EMPLOYEES, 'U0GUEST']),
  { ...channel('C0RETIRED', 'retired', [...EMPLOYEES, BOT_USER_ID]), archived: true },
];

export type UserGroup = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
};

export const USER_GROUPS: readonly UserGroup[] = [
  { id: 'S0RELEASE', handle: 'release-managers', name: 'Release managers', users: ['U0RAVI', 'U0LENA'] },
  { id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['U0DANA', 'U0SAM'] },
  { id: 'S0EXECS', handle: 'execs', name: 'Executives', users: ['U0ELENA'] },
  { id: 'S0SECURITY', handle: 'security', name: 'Security', users: ['U0PRIYA'] },
];

function member(id: string, name: string, displayName: string, title: string, timeZone: string): User {
  return { id, name, displayName, title, timeZone, kind: 'member' };
}

function channel(id: string, name: string, members: readonly string[]): Channel {
  return { id, name, archived: false, members };
}
