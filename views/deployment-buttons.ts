import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { actions, button, context } from './blocks.ts';
import { isLive, previousVersion } from './deployment-words.ts';
import { roughly } from './text.ts';

/** What a button of the message carries: what it was shown for, so that a late click does nothing. */
export function seen(deployment: Deployment): { deployment: number; generation: number; digest: string } {
  return {
    deployment: deployment.number,
    generation: deployment.generation,
    digest: deployment.plan.digest,
  };
}

/** The buttons that apply now, with who may press them; none where nobody could. */
export function deploymentButtons(view: {
  deployment: Deployment;
  title: string;
  undoSeconds: number;
}): KnownBlock[] {
  const { deployment } = view;
  const { phase } = deployment;
  if (phase.kind === 'rolling-back') return [];
  if (!isFinished(deployment)) {
    if (deployment.abortRequestedBy !== undefined) return [context('Aborting…')];
    const buttons =
      phase.kind === 'held' ? [resumeButton(deployment), abortButton(view)] : [abortButton(view)];
    return [actions(buttons), context('Any member of the workspace may do this.')];
  }
  const canUndo = isLive(deployment) && deployment.undoes === undefined && deployment.undoingBy === undefined;
  if (!canUndo) return [];
  return [actions([rollBackButton(view)]), context('Any member of the workspace may do this.')];
}

function resumeButton(deployment: Deployment) {
  return button({ command: 'resume', text: 'Resume', value: seen(deployment), style: 'primary' });
}

function abortButton({ deployment, title }: { deployment: Deployment; title: string }) {
  const before = previousVersion(deployment);
  const { version } = deployment.plan.to;
  return button({
    command: 'abort',
    text: 'Abort',
    value: seen(deployment),
    style: 'danger',
    confirm: {
      title: `Abort #${deployment.number}?`,
      text: `${version} is stopped and ${before} is put back on ${title} in ${deployment.environment}.`,
      yes: 'Abort',
      no: 'Keep going',
    },
  });
}

function rollBackButton(view: { deployment: Deployment; title: string; undoSeconds: number }) {
  const { deployment, title, undoSeconds } = view;
  const before = previousVersion(deployment);
  const { version } = deployment.plan.to;
  return button({
    command: 'rollback',
    text: 'Roll back',
    value: seen(deployment),
    style: 'danger',
    confirm: {
      title: `Roll back to ${before}?`,
      text: `${title} in ${deployment.environment} goes from ${version} back to ${before}. It takes ${roughly(undoSeconds)}. Only the running version changes; data that was written meanwhile stays.`,
      yes: 'Roll back',
      no: `Keep ${version}`,
    },
  });
}
