import { isEmergency } from '../domain/approval-standing.ts';
import type { WindowPolicy } from '../domain/calendar/window.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { StartPlace } from '../domain/freeze.ts';
import { environmentNamed } from '../domain/policy.ts';
import type { StartQuestion } from '../domain/start-times.ts';
import type { Adapters } from './adapters.ts';

type Asked = {
  /** Milliseconds since the epoch. */
  at: number;
  place: StartPlace;
  window: WindowPolicy | undefined;
  /** Slack id of the person who asks. Absent: nobody did. */
  by?: string;
  hasConsent: boolean;
  isEmergency: boolean;
};

/** A question about when something may start, with the freezes and locks that have a say then. */
export async function startQuestion(
  { window, ...asked }: Asked,
  { store }: Pick<Adapters, 'store'>,
): Promise<StartQuestion> {
  const { at } = asked;
  return {
    ...asked,
    ...(window === undefined ? {} : { window }),
    ...{ freezes: await store.freezesAhead(at), locks: await store.locksAt(at) },
  };
}

/**
 * The same for a deployment, at a time in milliseconds since the epoch. Who asked for it counts, and who let it start: a consent and
 * an emergency are for all its regions.
 */
export function startQuestionOf(
  deployment: Deployment,
  at: number,
  { store, policy }: Pick<Adapters, 'store' | 'policy'>,
): Promise<StartQuestion> {
  const { service, environment, requestedBy, consent } = deployment;
  const asked = {
    ...{ at, place: { service, environment } },
    window: environmentNamed(policy, environment)?.windows,
    ...(requestedBy.kind === 'person' ? { by: requestedBy.userId } : {}),
    ...{ hasConsent: consent !== undefined, isEmergency: isEmergency(deployment, policy.version) },
  };
  return startQuestion(asked, { store });
}
