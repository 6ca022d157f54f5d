import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Message } from '../src/ports/chat.ts';
import { plainMessage } from './blocks.ts';
import { previousVersion, stepTitle, who } from './deployment-words.ts';
import { escaped, moment, quoted } from './text.ts';

/**
 * What the thread says about an event, if anything: one line a phase. Edits notify nobody, so what a person must know
 * mentions them here. `deployment` is its state after the event.
 */
export function threadLine(
  recorded: RecordedEvent,
  deployment: Deployment,
  people: { title: string; admins: readonly string[] },
): Message | undefined {
  const text = lineOf(recorded.event, recorded, deployment, people);
  return text === undefined ? undefined : plainMessage(text);
}

function lineOf(
  event: DeploymentEvent,
  recorded: RecordedEvent,
  deployment: Deployment,
  { title, admins }: { title: string; admins: readonly string[] },
): string | undefined {
  const requester = who(deployment.requestedBy);
  const place = `${escaped(title)} in ${deployment.environment}`;
  const version = escaped(deployment.plan.to.version);
  const before = escaped(previousVersion(deployment));
  switch (event.type) {
    case 'started':
      return `Checks passed: ${quoted(deployment.checks.map(({ name, detail }) => `${name}: ${detail}`).join('; '), 900)}. Starting.`;
    case 'step-finished':
      return `${escaped(titleOf(event.step, deployment))}: done${event.detail === undefined ? '' : `, ${quoted(event.detail)}`}.`;
    case 'step-failed':
      return `${escaped(titleOf(event.step, deployment))}: failed. ${quoted(event.reason, 2000)}`;
    case 'held':
      return `:raised_hand: ${mentions([requester, ...admins.map(mention)])} ${quoted(event.question, 900)} Press Resume or Abort above: ${quoted(event.resumeMeans)} ${quoted(event.abortMeans)} Without an answer by ${moment(event.deadline)} Forge aborts.`;
    case 'resumed':
      return `${who(recorded.by)} answered: go on.`;
    case 'abort-requested':
      return `${who(recorded.by)} aborted it${recorded.why === undefined ? '' : `: ${quoted(recorded.why)}`}.`;
    case 'restoring':
      return deployment.startedAt === undefined ? undefined : `Putting ${before} back.`;
    case 'restore-blocked':
      return `:warning: ${mentions([requester, ...admins.map(mention)])} ${before} is not confirmed back in ${event.region}: ${quoted(event.reason, 900)}. Forge keeps trying.`;
    case 'restored':
      return `${before} is back in ${event.region}: ${quoted(event.detail)}.`;
    case 'succeeded':
      return deployment.undoes === undefined
        ? `:white_check_mark: ${requester} ${version} is live on ${place}.`
        : `:white_check_mark: ${requester} ${place} is back on ${version}.`;
    case 'rolled-back':
      return `:x: ${requester} ${version} failed on ${place}; ${before} is back. ${why(deployment)}`;
    case 'aborted':
      return deployment.startedAt === undefined
        ? `:octagonal_sign: ${requester} Aborted before anything was changed.`
        : `:octagonal_sign: ${requester} Aborted; ${before} is back on ${place}.`;
    case 'refused':
      return `:no_entry_sign: ${requester} Not started: ${quoted(event.reason, 2000)}`;
    case 'undoing':
      return `#${event.by} is taking this back.`;
    case 'undone':
      return `Undone by #${event.by}.`;
    case 'undo-failed':
      return `#${event.by} did not take this back; ${version} stays live.`;
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

function why(deployment: Deployment): string {
  return deployment.phase.kind === 'rolled-back' ? `Why: ${quoted(deployment.phase.reason, 900)}` : '';
}

function titleOf(id: string, deployment: Deployment): string {
  const step = deployment.plan.steps.find((one) => one.id === id);
  return step === undefined ? id : stepTitle(step, deployment);
}

function mention(userId: string): string {
  return `<@${userId}>`;
}

/** Each person once. */
function mentions(names: string[]): string {
  return [...new Set(names)].join(' ');
}
