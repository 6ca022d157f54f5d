import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { isTouched, newVersion, placeOf, releaseBefore, who } from './deployment-words.ts';
import { stepTitle } from './step-title.ts';
import { escaped, moment, oneLine, quoted, sentence, shortened } from './text.ts';

type People = { title: string; admins: readonly string[] };

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
      return `Checks passed.${checksTold(deployment)} Starting.`;
    case 'step-finished':
      return sentence(
        `${titleOf(event.step, deployment)}: done${event.detail === undefined ? '' : `, ${quoted(event.detail)}`}`,
      );
    case 'step-failed':
      return `${titleOf(event.step, deployment)} failed: ${told(event.reason, 2000)}`;
    case 'held':
      return `:raised_hand: ${mentioned(deployment, people)} ${told(event.question, 900)} Press Resume or Abort above: ${told(event.resumeMeans, 300)} ${told(event.abortMeans, 300)} Without an answer by ${moment(event.deadline)} Forge aborts.`;
    case 'resumed':
      return `${who(recorded.by)} answered: go on.`;
    case 'abort-requested':
      return `${who(recorded.by)} aborted it${recorded.why === undefined ? '.' : `: ${told(recorded.why, 900)}`}`;
    case 'restoring':
      return isTouched(deployment) ? `Putting ${before(deployment)} back.` : undefined;
    case 'restore-blocked':
      return `:warning: ${mentioned(deployment, people)} ${before(deployment, event.region)} is not confirmed back in ${escaped(event.region)}: ${told(event.reason, 900)} Forge keeps trying.`;
    case 'restored':
      return `${capital(before(deployment, event.region))} is back in ${escaped(event.region)}: ${told(event.detail, 300)}`;
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

type Ended = Extract<DeploymentEvent, { type: 'succeeded' | 'rolled-back' | 'aborted' | 'refused' }>;

/** How it ended, to the person who asked for it. */
function endLine(event: Ended, deployment: Deployment, people: People): string {
  const line = `${endIcon(event)} ${who(deployment.requestedBy)}`;
  return deployment.undoes === undefined
    ? `${line} ${deploymentEnd(event, deployment, people)}`
    : `${line} ${rollbackEnd(event, deployment, people)}`;
}

function endIcon({ type }: Ended): string {
  switch (type) {
    case 'succeeded':
      return ':white_check_mark:';
    case 'rolled-back':
      return ':x:';
    case 'aborted':
      return ':octagonal_sign:';
    case 'refused':
      return ':no_entry_sign:';
  }
}

function deploymentEnd(event: Ended, deployment: Deployment, { title }: People): string {
  const place = escaped(placeOf(deployment, title));
  const version = escaped(newVersion(deployment));
  switch (event.type) {
    case 'succeeded':
      return `${version} is live on ${place}.`;
    case 'rolled-back': {
      const back = isTouched(deployment) ? 'is back' : 'stays live';
      return `${version} failed on ${place}; ${before(deployment)} ${back}.${why(deployment)}`;
    }
    case 'aborted':
      return isTouched(deployment)
        ? `Aborted; ${before(deployment)} is back on ${place}.`
        : `Aborted before anything was changed; ${before(deployment)} stays live on ${place}.`;
    case 'refused':
      return `Not started: ${told(event.reason, 2000)}`;
  }
}

function rollbackEnd(event: Ended, deployment: Deployment, { title }: People): string {
  const place = escaped(placeOf(deployment, title));
  const stays = `${before(deployment)} stays live on ${place}.`;
  const again = ` To try again, type \`/forge rollback #${deployment.undoes}\`.`;
  switch (event.type) {
    case 'succeeded':
      return `${place} is back on ${escaped(newVersion(deployment))}.`;
    case 'rolled-back':
      return `The rollback of #${deployment.undoes} failed; ${stays}${why(deployment)}${again}`;
    case 'aborted': {
      const early = isTouched(deployment) ? '' : ' before anything was changed';
      return `The rollback of #${deployment.undoes} was aborted${early}; ${stays}`;
    }
    case 'refused':
      return `The rollback of #${deployment.undoes} was not started: ${told(event.reason, 2000)}`;
  }
}

function checksTold({ checks }: Deployment): string {
  if (checks.length === 0) return '';
  return ` ${told(checks.map(({ name, detail }) => `${name}: ${detail}`).join('; '), 900)}`;
}

/** What is live again where it does not come about. */
function before(deployment: Deployment, region?: string): string {
  return escaped(releaseBefore(deployment, region));
}

function capital(text: string): string {
  return text.startsWith('the newer ') ? `T${text.slice(1)}` : text;
}

function why({ phase }: Deployment): string {
  return phase.kind === 'rolled-back' ? ` Why: ${told(phase.reason, 900)}` : '';
}

/** Foreign words as a sentence. */
function told(text: string, most: number): string {
  return sentence(quoted(text, most));
}

function titleOf(id: string, deployment: Deployment): string {
  const step = deployment.plan.steps.find((one) => one.id === id);
  return escaped(step === undefined ? shortened(oneLine(id), 100) : stepTitle(step, deployment));
}

/** Those who must act, each once. */
function mentioned({ requestedBy }: Deployment, { admins }: People): string {
  return [...new Set([who(requestedBy), ...admins.map((userId) => `<@${userId}>`)])].join(' ');
}
