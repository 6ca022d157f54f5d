import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { isTouched, newVersion, placeOf, who } from './deployment-words.ts';
import type { GateNews } from './gate-news.ts';
import { escaped, quotation } from './text.ts';
import { askedLine, letStartLine, remindedLine, votedLine } from './thread-approval.ts';
import { buildLine } from './thread-build.ts';
import { checkLine } from './thread-checks.ts';
import { endLine, leftLine } from './thread-endings.ts';
import { answerLine, forEngineers, heldLine, remindedOfQuestion } from './thread-question.ts';
import { scheduleLine } from './thread-schedule.ts';
import { failedLine, finishedLine, startedLine } from './thread-steps.ts';
import { timesLine } from './thread-times.ts';
import { gatesLine, standbyLine, steeringLine, switchLine, trafficLine } from './thread-traffic.ts';
import { blockedWords, restoreBlockedWords, whatGetsOn } from './thread-trouble.ts';
import {
  before,
  called,
  calling,
  capital,
  mentioned,
  mentionsOf,
  type People,
  told,
} from './thread-words.ts';

/**
 * What the thread says about an event, if anything: one line a phase. Edits notify nobody, so what a person must know
 * mentions them here. `deployment` is its state after the event.
 */
export function threadLine(
  recorded: RecordedEvent,
  deployment: Deployment,
  people: People,
  news: GateNews = { failed: [] },
): Message | undefined {
  const text = lineOf(recorded.event, recorded, deployment, people, news);
  return text === undefined ? undefined : plainMessage(text);
}

function lineOf(
  event: DeploymentEvent,
  recorded: RecordedEvent,
  deployment: Deployment,
  people: People,
  news: GateNews,
): string | undefined {
  switch (event.type) {
    case 'approval-asked':
      return askedLine(event, deployment, people);
    case 'approval-reminded':
      return remindedLine(deployment, people);
    case 'consented':
    case 'emergency-declared':
    case 'passed-over':
    case 'review-reminded':
    case 'reviewed':
      return letStartLine(event, recorded, deployment, people);
    case 'voted':
      return votedLine(recorded, event, deployment);
    case 'rescheduled':
    case 'owner-asked':
    case 'owner-reminded':
    case 'owner-not-needed':
    case 'owner-confirmed':
      return scheduleLine(event, recorded, deployment, people);
    case 'started':
      return startedLine(deployment);
    case 'step-finished':
      return finishedLine(event, deployment);
    case 'step-failed':
      return failedLine(event, deployment);
    case 'held':
      return heldLine(event, deployment, people);
    case 'reminded':
      return remindedOfQuestion(deployment, people);
    case 'blocked':
      return `:warning: ${toCall(deployment, people)}${blockedWords(event.reason, deployment)}`;
    case 'continued':
      return event.reason === undefined
        ? undefined
        : `:warning: ${mentioned(deployment, people)} ${told(event.reason, 900)} It goes on by itself; nobody has to press anything.${forEngineers(event)}`;
    case 'unblocked':
      return `${whatGetsOn(deployment)} gets on again.`;
    case 'unanswered':
      return 'Nobody answered in time: what was asked about counts as failed.';
    case 'resumed':
      return answerLine(event, recorded);
    case 'abort-requested':
      return abortLine(recorded);
    case 'restoring':
      return isTouched(deployment) ? restoringLine(event, deployment, people) : undefined;
    case 'restore-blocked':
      return `:warning: ${called(deployment, people)}${restoreBlockedWords(event, deployment)}`;
    case 'restore-left':
      return `:warning: Left as it is in ${escaped(event.region)}: ${told(event.reason, 900)}`;
    case 'restored':
      return `${capital(before(deployment, event.region))} is back in ${escaped(event.region)}: ${told(event.detail, 300)}`;
    case 'left':
      return leftLine(event, recorded, deployment, people);
    case 'succeeded':
    case 'rolled-back':
    case 'aborted':
    case 'refused':
    case 'rejected':
    case 'expired':
    case 'superseded':
      return endLine(event, deployment, people);
    case 'undoing':
      return `#${event.by} is taking this back.`;
    case 'undone':
      return `Undone by #${event.by}.`;
    case 'undo-failed':
      return `#${event.by} did not take this back; its message says why.`;
    case 'traffic-confirmed':
      return trafficLine(event, deployment);
    case 'gates-read':
      return gatesLine(event, deployment, news);
    case 'automatic-resumed':
      return resumedLine(recorded);
    case 'paused':
    case 'unpaused':
    case 'skipped':
    case 'approved':
    case 'acknowledged':
      return steeringLine(event, recorded, deployment);
    case 'waiting':
    case 'region-waiting':
    case 'region-goes-on':
      return timesLine(event, deployment, people);
    case 'switch-not-armed':
    case 'switch-fired':
      return switchLine(event, deployment, people);
    case 'standby-kept':
    case 'standby-ended':
      return standbyLine(event, recorded, deployment);
    case 'checks-planned':
    case 'check-started':
    case 'check-waiting':
    case 'check-passed':
    case 'check-failed':
    case 'check-reminded':
    case 'check-retried':
    case 'check-overridden':
    case 'box-ticked':
      return checkLine(event, recorded, deployment, people);
    case 'build-started':
    case 'build-progressed':
    case 'build-failed':
    case 'build-retried':
    case 'build-finished':
      return buildLine(event, recorded, deployment, people);
    case 'replanned':
    case 'changes-read':
    case 'review-due':
    case 'traffic-intended':
    case 'switch-armed':
    case 'switch-disarmed':
    case 'requested':
    case 'checking':
    case 'check-finished':
    case 'step-started':
    case 'step-progressed':
    case 'restore-progressed':
    case 'replaced':
    case 'live-again':
    case 'automatic-held':
      return undefined;
  }
}

/** A deployment on its way forward is its people's own; a rollback that does not get on is for those on duty. */
function toCall(deployment: Deployment, people: People): string {
  const isForward = deployment.undoes === undefined && deployment.phase.kind !== 'rolling-back';
  return isForward ? `${mentioned(deployment, people)} ` : called(deployment, people);
}

/** A person's reason is quoted as theirs. */
function abortLine({ by, why }: RecordedEvent): string {
  if (why === undefined || why.trim() === '') return `${who(by)} aborted it.`;
  return by.kind === 'person'
    ? `${who(by)} aborted it:\n${quotation(why, 900)}`
    : `${who(by)} aborted it: ${told(why, 900)}`;
}

function resumedLine({ by, why = '' }: RecordedEvent): string {
  const what = `${who(by)} let automatic deployments there go on`;
  return why.trim() === '' ? `${what}.` : `${what}:\n${quotation(why, 900)}`;
}

/** A failure is told as soon as it is known: putting back may take long. */
function restoringLine(
  { because, reason }: Extract<DeploymentEvent, { type: 'restoring' }>,
  deployment: Deployment,
  { title }: People,
): string {
  const next = `Putting ${before(deployment)} back.`;
  if (because === 'abort') return next;
  const place = escaped(placeOf(deployment, title));
  const what =
    deployment.undoes === undefined
      ? `${escaped(newVersion(deployment))} failed on ${place}`
      : `The rollback of #${deployment.undoes} failed on ${place}`;
  return `:x: ${calling(mentionsOf(deployment.requestedBy))}${what}: ${told(reason, 900)} ${next}`;
}
