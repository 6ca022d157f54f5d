import { ending } from './decisions.ts';
import { type Deployment, isFinished } from './deployment.ts';
import { UserError } from './errors.ts';
import { type ActPlace, allowedTo, askedFor, type PeoplePolicy, type Subject } from './people-policy.ts';
import { waitsInRegion } from './region-wait.ts';
import { rolesFor } from './roles.ts';

/** Why its time needs somebody’s consent, where people are asked for it now; undefined: nobody is. In plain text. */
export function consentWanted(deployment: Deployment): string | undefined {
  const { phase, approval, consent, abortRequestedBy } = deployment;
  if (consent !== undefined || abortRequestedBy !== undefined) return undefined;
  if (phase.kind === 'awaiting-approval') return approval?.consent;
  const wait = waitOf(deployment);
  return wait?.for === 'consent' ? wait.why : undefined;
}

/** Whom to ask for consent to its time; nobody where everybody may give it. */
export function askedToConsent(place: ActPlace, people: PeoplePolicy): Subject[] {
  const [role] = rolesFor('consent');
  if (role === undefined || allowedTo('consent', place, people) === 'everyone') return [];
  return askedFor(role, place, people, []);
}

/** Throws the `UserError` for who would consent where nobody is asked for that. */
export function requireConsentWanted(deployment: Deployment): void {
  if (consentWanted(deployment) !== undefined) return;
  const name = `#${deployment.number}`;
  if (isFinished(deployment)) throw new UserError(`Nothing was done: ${name} is over, ${ending(deployment)}`);
  throw new UserError(`${name} does not wait for anybody’s consent. ${otherWait(deployment)}`);
}

function otherWait(deployment: Deployment): string {
  const wait = waitOf(deployment);
  return wait === undefined || wait.for === 'consent' ? 'Its message shows what it waits for.' : wait.why;
}

function waitOf(deployment: Deployment): { for: string; why: string } | undefined {
  const { phase } = deployment;
  return phase.kind === 'waiting' ? phase : waitsInRegion(deployment);
}
