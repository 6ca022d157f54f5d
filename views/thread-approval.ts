import { openNeeds } from '../src/domain/approval.ts';
import { consentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { askableToConsent, askedNow, needsWords } from './approval-words.ts';
import { newVersion, placeOf, who } from './deployment-words.ts';
import { escaped, moment, quotation, quoted, whyWords, withMoments } from './text.ts';
import { calling, onDuty, type People } from './thread-words.ts';

/** Calls those who must approve it: edits of the message notify nobody. */
export function askedLine(
  { round, changes, needs, deadline, consent }: Extract<DeploymentEvent, { type: 'approval-asked' }>,
  deployment: Deployment,
  people: People,
): string {
  const what = `${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, people.title))}`;
  const until = `by ${moment(deadline)}`;
  if (round === 1) {
    return `:ballot_box_with_ballot: ${calledNow(deployment, people)}Please look at ${what}: it needs the approval of ${needsWords(needs)} ${until}. Approve or reject it in the message above.${consentAsked(consent)}`;
  }
  const differences = changes.map((one) => `\n• ${withMoments(quoted(one, 300))}`).join('');
  return `:ballot_box_with_ballot: ${calledNow(deployment, people)}${what} has to be approved again ${until}, earlier votes do not count any more. What has changed:${differences}${consent === undefined ? '' : `\n${consentAsked(consent).trim()}`}`;
}

function consentAsked(why: string | undefined): string {
  return why === undefined ? '' : ` ${whyWords(why, 300)} To give it, press “Consent…” there.`;
}

export function remindedLine(deployment: Deployment, people: People): string | undefined {
  const { approval } = deployment;
  if (approval === undefined) return undefined;
  const open = needsWords(openNeeds(approval.needs, approval.votes));
  return `:ballot_box_with_ballot: ${calledNow(deployment, people)}Still missing: the approval of ${open}. Without it by ${moment(approval.deadline)} ${escaped(newVersion(deployment))} does not start.`;
}

/** A rejection ends it; a reason is its author’s. */
export function votedLine(
  { by, why = '' }: RecordedEvent,
  { verdict }: Extract<DeploymentEvent, { type: 'voted' }>,
  deployment: Deployment,
): string {
  const { approval } = deployment;
  if (verdict === 'reject') return `${who(by)} rejected it:\n${quotation(why, 900)}`;
  const open = approval === undefined ? [] : openNeeds(approval.needs, approval.votes);
  const missing = [
    ...(open.length === 0 ? [] : [needsWords(open)]),
    ...(consentWanted(deployment) === undefined ? [] : ['consent to its time']),
  ];
  const rest = missing.length === 0 ? 'Nobody else has to.' : `Still missing: ${missing.join(', and ')}.`;
  return `${who(by)} approved it. ${rest}${why.trim() === '' ? '' : `\n${quotation(why, 900)}`}`;
}

/** Who let it start, why, and what that leaves to be done. */
export function letStartLine(
  event: Extract<
    DeploymentEvent,
    { type: 'consented' | 'emergency-declared' | 'passed-over' | 'review-reminded' | 'reviewed' }
  >,
  { by, why }: RecordedEvent,
  deployment: Deployment,
  people: People,
): string | undefined {
  const reason = why === undefined || why.trim() === '' ? '' : `\n${quotation(why, 900)}`;
  const { number, review, startedAt } = deployment;
  switch (event.type) {
    case 'consented':
      return `${who(by)} lets it ${startedAt === undefined ? 'start' : 'go on'} at this time.${reason}`;
    case 'emergency-declared':
      return `:rotating_light: ${who(by)} called it an emergency: it ${startedAt === undefined ? 'starts at once, without the votes that are missing and at any time' : 'goes on at once, at any time'}.${reason}`;
    case 'passed-over':
      return event.what
        .map((one) => `:rotating_light: The emergency passes over this: ${whyWords(one, 500)}`)
        .join('\n');
    case 'review-reminded': {
      const due = review === undefined ? '' : `, due ${moment(review.due)}`;
      return `:memo: ${onDuty(deployment, people)} The review of this emergency is not written yet${due}: \`/forge review #${number}\`.`;
    }
    case 'reviewed':
      return `:memo: ${who(by)} wrote the review:\n${quotation(event.text, 1500)}`;
  }
}

function calledNow(deployment: Deployment, { policy }: People): string {
  const { approval } = deployment;
  const asked = approval === undefined ? [] : askedNow(approval, deployment, policy);
  return calling([...new Set([...asked, ...askedToConsent(deployment, policy)])]);
}

/** For consent to its time, where that is wanted. */
function askedToConsent(deployment: Deployment, policy: People['policy']): string[] {
  return consentWanted(deployment) === undefined ? [] : askableToConsent(deployment, policy);
}
