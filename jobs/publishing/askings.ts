import { consentWanted } from '../../src/domain/consent.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { isAskedStill } from '../../views/approver-message.ts';

/** A time people were asked for something: `event` is the version of what happened then, `at` when, in milliseconds since the epoch. */
export type Asking = { event: number; at: number } & ({ for: 'vote'; round: number } | { for: 'consent' });

/** Every time people were asked to approve it, or to consent to its time, the oldest first. */
export function askingsOf(events: readonly RecordedEvent[]): Asking[] {
  const askings: Asking[] = [];
  let deployment: Deployment | undefined;
  let wasConsentWanted = false;
  for (const recorded of events) {
    deployment = evolve(deployment, recorded);
    const { version, at, event } = recorded;
    if (event.type === 'approval-asked') {
      askings.push({ event: version, at, for: 'vote', round: event.round });
    }
    const isConsentWanted = deployment !== undefined && isConsentAsked(deployment);
    if (isConsentWanted && !wasConsentWanted) askings.push({ event: version, at, for: 'consent' });
    wasConsentWanted = isConsentWanted;
  }
  return askings;
}

/** Those that are open now. */
export function openAskings(deployment: Deployment, askings: readonly Asking[]): Asking[] {
  const vote = askings.findLast((one) => one.for === 'vote');
  const consent = askings.findLast((one) => one.for === 'consent');
  const isVoteOpen =
    vote !== undefined &&
    deployment.phase.kind === 'awaiting-approval' &&
    vote.round === deployment.approval?.round &&
    deployment.abortRequestedBy === undefined &&
    deployment.emergency === undefined;
  return [
    ...(isVoteOpen ? [vote] : []),
    ...(consent !== undefined && isConsentAsked(deployment) ? [consent] : []),
  ];
}

/** Whether the answer of a person who was asked then is still wanted. */
export function isStillAsked(
  { asking, person }: { asking: Asking; person: string },
  { deployment, askings }: { deployment: Deployment; askings: readonly Asking[] },
): boolean {
  if (asking.for === 'vote') return isAskedStill(deployment, { round: asking.round, person });
  return openAskings(deployment, askings).includes(asking);
}

function isConsentAsked(deployment: Deployment): boolean {
  return consentWanted(deployment) !== undefined && deployment.emergency === undefined;
}
