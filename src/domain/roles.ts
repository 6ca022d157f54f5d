/** What a person may be given, from the one who may only look to the one who may do most; `admin` stands beside them. */
export const ROLES = [
  'viewer',
  'responder',
  'deployer',
  'approver',
  'release-manager',
  'incident-commander',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** What people do with Forge, as far as it may be allowed to some and not to others. */
export const ACTS = [
  'read',
  'deploy',
  'promote',
  'schedule',
  'ship',
  'lock',
  'pause',
  'abort',
  'rollback',
  'acknowledge',
  'vote',
  'resume',
  'skip',
  'take-over',
  'freeze',
  'lock-for-others',
  'flags',
  'consent',
  'emergency',
  'kill-flag',
  'review',
  'configure',
  'export',
  'dead-letters',
] as const;
export type Act = (typeof ACTS)[number];

const viewer = ['read'] as const;
/** Stops and undoes, and says that somebody looks after it. */
const responder = [...viewer, 'pause', 'abort', 'rollback', 'acknowledge'] as const;
const deployer = [...responder, 'deploy', 'promote', 'schedule', 'ship', 'lock'] as const;
const approver = [...deployer, 'vote', 'resume', 'skip', 'take-over'] as const;
const releaseManager = [...approver, 'freeze', 'lock-for-others', 'flags', 'consent', 'review'] as const;
const incidentCommander = [...releaseManager, 'emergency', 'kill-flag'] as const;
const admin = [...viewer, 'configure', 'export', 'dead-letters'] as const;

const acts = {
  viewer,
  responder,
  deployer,
  approver,
  'release-manager': releaseManager,
  'incident-commander': incidentCommander,
  admin,
} satisfies Record<Role, readonly Act[]>;

/** Whether a role allows an act. What policy says of who has the role comes before. */
export function allows(role: Role, act: Act): boolean {
  const of: readonly Act[] = acts[role];
  return of.includes(act);
}

/** The roles that allow an act, the smallest first. */
export function rolesFor(act: Act): Role[] {
  return ROLES.filter((role) => allows(role, act));
}
