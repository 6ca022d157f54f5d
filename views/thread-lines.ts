import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Step } from '../src/domain/plan.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { isTouched, newVersion, placeOf, safeAnswer, who } from './deployment-words.ts';
import type { GateNews } from './gate-news.ts';
import { stepTitle } from './step-title.ts';
import { escaped, moment, oneLine, quotation, quoted, sentence, shortened } from './text.ts';
import { endLine, leftLine } from './thread-endings.ts';
import { gatesLine, standbyLine, steeringLine, switchLine, trafficLine } from './thread-traffic.ts';
import { blockedWords, restoreBlockedWords, whatGetsOn } from './thread-trouble.ts';
import { before, called, capital, mentioned, type People, told } from './thread-words.ts';

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
    case 'started':
      return `Checks passed${checksTold(deployment)} Starting.`;
    case 'step-finished':
      return finishedLine(event, deployment);
    case 'step-failed':
      return `${titleOf(event.step, deployment)} failed: ${told(event.reason, 2000)}`;
    case 'held':
      return heldLine(event, deployment, people);
    case 'reminded':
      return deployment.phase.kind === 'held'
        ? `:raised_hand: ${mentioned(deployment, people)} Still waiting for an answer. Without one by ${moment(deployment.phase.deadline)} ${safeAnswer(deployment.phase, deployment)}.`
        : undefined;
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
      if (recorded.by.kind === 'job') return 'What was asked about is over: nobody has to answer any more.';
      return `${who(recorded.by)} answered: ${ANSWERS[event.answer ?? 'on']}.`;
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
    case 'paused':
    case 'unpaused':
    case 'skipped':
    case 'approved':
    case 'acknowledged':
      return steeringLine(event, recorded, deployment);
    case 'switch-not-armed':
    case 'switch-fired':
      return switchLine(event, deployment, people);
    case 'standby-kept':
    case 'standby-ended':
      return standbyLine(event, recorded, deployment);
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
      return undefined;
  }
}

/** A step that ends in an event of its own has its line already. */
function finishedLine(
  { step: id, detail }: Extract<DeploymentEvent, { type: 'step-finished' }>,
  deployment: Deployment,
): string | undefined {
  const step = deployment.plan.steps.find((one) => one.id === id);
  if (step !== undefined && TOLD_OTHERWISE.has(step.kind)) return undefined;
  return sentence(`${titleOf(id, deployment)}: done${detail === undefined ? '' : `, ${quoted(detail)}`}`);
}

const TOLD_OTHERWISE: ReadonlySet<Step['kind']> = new Set([
  'arm',
  'shift',
  'approve',
  'disarm',
  'standby',
  'return',
]);

/** A deployment on its way forward is its people's own; a rollback that does not get on is for those on duty. */
function toCall(deployment: Deployment, people: People): string {
  const isForward = deployment.undoes === undefined && deployment.phase.kind !== 'rolling-back';
  return isForward ? `${mentioned(deployment, people)} ` : called(deployment, people);
}

const ANSWERS = { on: 'go on', again: 'do it again', happened: 'it happened, go on' } as const;

/** A question, to those who can answer it; what an engineer wants to know comes last. */
function heldLine(
  event: Extract<DeploymentEvent, { type: 'held' }>,
  deployment: Deployment,
  people: People,
): string {
  const { question, resumeMeans, doneMeans, abortMeans, otherwise = 'abort', detail } = event;
  const buttons = doneMeans === undefined ? 'Resume' : 'It happened, Do it again';
  const means = [resumeMeans, ...(doneMeans === undefined ? [] : [doneMeans]), abortMeans];
  const answers = means.map((text) => told(text, 300)).join(' ');
  return `:raised_hand: ${mentioned(deployment, people)} ${told(question, 900)} Press ${buttons} or Abort above: ${answers} Without an answer by ${moment(event.deadline)} ${safeAnswer({ otherwise }, deployment)}.${forEngineers({ detail })}`;
}

function forEngineers({ detail }: { detail?: string | undefined }): string {
  return detail === undefined ? '' : `\nFor engineers: ${told(detail, 900)}`;
}

/** A person's reason is quoted as theirs. */
function abortLine({ by, why }: RecordedEvent): string {
  if (why === undefined || why.trim() === '') return `${who(by)} aborted it.`;
  return by.kind === 'person'
    ? `${who(by)} aborted it:\n${quotation(why, 900)}`
    : `${who(by)} aborted it: ${told(why, 900)}`;
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
  return `:x: ${who(deployment.requestedBy)} ${what}: ${told(reason, 900)} ${next}`;
}

function checksTold({ checks }: Deployment): string {
  if (checks.length === 0) return '.';
  return `: ${told(checks.map(({ detail }) => detail).join('; '), 900)}`;
}

function titleOf(id: string, deployment: Deployment): string {
  const step = deployment.plan.steps.find((one) => one.id === id);
  return escaped(step === undefined ? shortened(oneLine(id), 100) : stepTitle(step, deployment));
}
