import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { isTouched, newVersion, placeOf, safeAnswer, who } from './deployment-words.ts';
import { stepTitle } from './step-title.ts';
import { escaped, moment, oneLine, quotation, quoted, sentence, shortened } from './text.ts';
import { endLine, leftLine } from './thread-endings.ts';
import { before, mentioned, type People, told } from './thread-words.ts';

/**
 * What the thread says about an event, if anything: one line a phase. Edits notify nobody, so what a person must know
 * mentions them here. `deployment` is its state after the event.
 */
export function threadLine(
  recorded: RecordedEvent,
  deployment: Deployment,
  people: People,
): Message | undefined {
  const text = lineOf(recorded.event, recorded, deployment, people);
  return text === undefined ? undefined : plainMessage(text);
}

function lineOf(
  event: DeploymentEvent,
  recorded: RecordedEvent,
  deployment: Deployment,
  people: People,
): string | undefined {
  switch (event.type) {
    case 'started':
      return `Checks passed${checksTold(deployment)} Starting.`;
    case 'step-finished':
      return sentence(
        `${titleOf(event.step, deployment)}: done${event.detail === undefined ? '' : `, ${quoted(event.detail)}`}`,
      );
    case 'step-failed':
      return `${titleOf(event.step, deployment)} failed: ${told(event.reason, 2000)}`;
    case 'held':
      return heldLine(event, deployment, people);
    case 'reminded':
      return deployment.phase.kind === 'held'
        ? `:raised_hand: ${mentioned(deployment, people)} Still waiting for an answer. Without one by ${moment(deployment.phase.deadline)} ${safeAnswer(deployment.phase, deployment)}.`
        : undefined;
    case 'blocked':
      return `:warning: ${mentioned(deployment, people)} ${what(deployment)} does not get on: ${told(event.reason, 900)} Forge keeps trying.`;
    case 'continued':
      return event.reason === undefined
        ? undefined
        : `:warning: ${mentioned(deployment, people)} ${told(event.reason, 900)} It goes on by itself; nobody has to press anything.${forEngineers(event)}`;
    case 'unblocked':
      return `${what(deployment)} gets on again.`;
    case 'unanswered':
      return 'Nobody answered in time: what was asked about counts as failed.';
    case 'resumed':
      if (recorded.by.kind === 'job') return 'AWS answers again: going on by itself.';
      return `${who(recorded.by)} answered: ${ANSWERS[event.answer ?? 'on']}.`;
    case 'abort-requested':
      return abortLine(recorded);
    case 'restoring':
      return isTouched(deployment) ? restoringLine(event, deployment, people) : undefined;
    case 'restore-blocked':
      return `:warning: ${mentioned(deployment, people)} ${before(deployment, event.region)} is not confirmed back in ${escaped(event.region)}: ${told(event.reason, 900)} Forge keeps trying.`;
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

/** What does not get on. */
function what({ phase, undoes, number }: Deployment): string {
  if (phase.kind === 'rolling-back') return 'Putting back';
  return undoes === undefined ? `#${number}` : 'The rollback';
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

function capital(text: string): string {
  return text.startsWith('the newer ') ? `T${text.slice(1)}` : text;
}

function titleOf(id: string, deployment: Deployment): string {
  const step = deployment.plan.steps.find((one) => one.id === id);
  return escaped(step === undefined ? shortened(oneLine(id), 100) : stepTitle(step, deployment));
}
