import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { safeAnswer, who } from './deployment-words.ts';
import { moment } from './text.ts';
import { mentioned, type People, told } from './thread-words.ts';

const ANSWERS = { on: 'go on', again: 'do it again', happened: 'it happened, go on' } as const;

/** A question, to those who can answer it; what an engineer wants to know comes last. */
export function heldLine(
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

export function forEngineers({ detail }: { detail?: string | undefined }): string {
  return detail === undefined ? '' : `\nFor engineers: ${told(detail, 900)}`;
}

/** The same people, once more before it is too late. */
export function remindedOfQuestion(deployment: Deployment, people: People): string | undefined {
  const { phase } = deployment;
  if (phase.kind !== 'held') return undefined;
  return `:raised_hand: ${mentioned(deployment, people)} Still waiting for an answer. Without one by ${moment(phase.deadline)} ${safeAnswer(phase, deployment)}.`;
}

export function answerLine(
  { answer }: Extract<DeploymentEvent, { type: 'resumed' }>,
  { by }: RecordedEvent,
): string {
  if (by.kind === 'job') return 'What was asked about is over: nobody has to answer any more.';
  return `${who(by)} answered: ${ANSWERS[answer ?? 'on']}.`;
}
