import {
  type ActPlace,
  holdersOf,
  type Membership,
  type PeoplePolicy,
  rolesOf,
  type Subject,
} from './people-policy.ts';
import { type Act, allows, type Role, rolesFor } from './roles.ts';

/** What permission looks at. Names and titles are not among it: anyone can change those. */
export type Asker = { kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' };

export type Permission = { kind: 'allowed' } | { kind: 'denied'; reason: string };

/** Who may use Forge at all: full members of the workspace; nobody else may read either, since what runs where is the company's own business. */
export function admission(asker: Asker | undefined): Permission {
  if (asker === undefined) {
    return denied('Slack does not know you in this workspace. Ask a member of the workspace to do this.');
  }
  switch (asker.kind) {
    case 'member':
      return { kind: 'allowed' };
    case 'guest':
      return denied(
        'Guests of the workspace may not use Forge. Ask a full member of the workspace to do this for you.',
      );
    case 'stranger':
      return denied(
        'You are here from another workspace, and only members of this workspace may use Forge. Ask one of them to do this for you.',
      );
    case 'bot':
      return denied('Bots may not use Forge. A person has to ask.');
    case 'deactivated':
      return denied('Your Slack account is deactivated. Ask a workspace admin to activate it again.');
  }
}

/**
 * The one decision about who may do what where: by role alone. That something else stands in the way, such as a window, a lock
 * or an approval, is decided elsewhere and never of pause, abort and rollback.
 */
export function permission(
  asker: (Asker & Membership) | undefined,
  { act, ...place }: { act: Act } & ActPlace,
  policy: PeoplePolicy,
): Permission {
  const admitted = admission(asker);
  if (admitted.kind === 'denied' || asker === undefined) return admitted;
  if (rolesOf(asker, place, policy).some((role) => allows(role, act))) return { kind: 'allowed' };
  const able = rolesFor(act).filter((role) => holdersOf(role, place, policy).length > 0);
  const [nearest] = able;
  if (nearest === undefined) {
    return denied(
      `Nobody may ${deed(act, place)}: forge.yml gives nobody a role for that. Ask those who look after it.`,
    );
  }
  const askable = holdersOf(nearest, place, policy).map(mention);
  return denied(
    `Only ${listed(able.map(plural), 'and')} may ${deed(act, place)}; ask ${listed(askable, 'or')}.`,
  );
}

function denied(reason: string): Permission {
  return { kind: 'denied', reason };
}

/** How a person or group is named in a message; an address is foreign text and must be escaped. */
export function mention(subject: Subject): string {
  if (subject.includes('@')) return subject;
  return subject.startsWith('S') ? `<!subteam^${subject}>` : `<@${subject}>`;
}

const plurals: Record<Role, string> = {
  viewer: 'viewers',
  responder: 'responders',
  deployer: 'deployers',
  approver: 'approvers',
  'release-manager': 'release managers',
  'incident-commander': 'incident commanders',
  admin: 'admins',
};

function plural(role: Role): string {
  return plurals[role];
}

/** `a, b and c`. */
function listed(words: readonly string[], last: 'and' | 'or'): string {
  const [end = '', ...before] = words.toReversed();
  return before.length === 0 ? end : `${before.toReversed().join(', ')} ${last} ${end}`;
}

/** What is denied, after “may”: with the service and the environment as far as it is about them. */
function deed(act: Act, { service, environment }: ActPlace): string {
  const what = service ?? 'services';
  const where = environment === undefined ? '' : ` in ${environment}`;
  switch (act) {
    case 'deploy':
      return `deploy ${what}${environment === undefined ? '' : ` to ${environment}`}`;
    case 'promote':
      return `promote ${what}${environment === undefined ? '' : ` to ${environment}`}`;
    case 'rollback':
      return `roll back ${what}${where}`;
    case 'read':
      return `see ${what}${where}`;
    case 'vote':
      return `approve or reject deployments of ${what}${where}`;
    case 'pause':
    case 'abort':
    case 'resume':
      return `${act} deployments of ${what}${where}`;
    case 'skip':
      return `end the watching of ${what}${where} early`;
    case 'acknowledge':
      return `take the trouble of ${what}${where} upon themselves`;
    case 'take-over':
      return `take ${what}${where} over from Forge`;
    case 'schedule':
      return `schedule deployments of ${what}${where}`;
    case 'ship':
      return `ship branches of ${what}`;
    case 'lock':
      return `lock ${environment ?? 'an environment'}`;
    case 'lock-for-others':
      return `lock ${environment ?? 'an environment'} for somebody else, or end the lock of another`;
    case 'freeze':
      return `freeze or unfreeze ${environment ?? 'an environment'}`;
    case 'flags':
      return 'change feature flags';
    case 'kill-flag':
      return 'kill a feature flag';
    case 'consent':
      return `consent to deployments of ${what}${where} outside the preferred times`;
    case 'emergency':
      return `approve an emergency of ${what}${where}`;
    case 'review':
      return `write the review of an emergency of ${what}${where}`;
    case 'configure':
      return 'change how Forge is configured';
    case 'export':
      return 'export what Forge has recorded';
    case 'dead-letters':
      return 'look after what could not be delivered';
  }
}
