import type { Button, KnownBlock } from '@slack/types';
import { type Deployment, isBlocked, isFinished, type Question } from '../src/domain/deployment.ts';
import { actions, button, context } from './blocks.ts';
import {
  isAborting,
  isLive,
  newVersion,
  placeOf,
  previousVersion,
  releaseBefore,
  who,
} from './deployment-words.ts';
import { escaped, roughly } from './text.ts';

/** What a button of the message carries: what it was shown for, so that a late click does nothing. */
export function seen(deployment: Deployment): { deployment: number; generation: number; digest: string } {
  return {
    deployment: deployment.number,
    generation: deployment.generation,
    digest: deployment.plan.digest,
  };
}

type ButtonsView = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
  /** Seconds putting back what was live before is expected to take. */
  undoSeconds: number;
};

/** The buttons that apply now, with who may press them; none where nobody could. */
export function deploymentButtons(view: ButtonsView): KnownBlock[] {
  const { deployment } = view;
  if (isAborting(deployment)) return [context(aborting(deployment))];
  const buttons = buttonsOf(view);
  if (buttons.length === 0) return [];
  return [actions(buttons), context('Any member of the workspace may do this.')];
}

function buttonsOf(view: ButtonsView): Button[] {
  const { deployment } = view;
  const { phase, undoes, undoingBy } = deployment;
  const takeOver = isBlocked(deployment) ? [takeOverButton(view)] : [];
  if (phase.kind === 'rolling-back') return takeOver;
  if (phase.kind === 'held') return [...answerButtons(deployment, phase), abortButton(view)];
  if (!isFinished(deployment)) return [abortButton(view), ...takeOver];
  const canUndo = isLive(deployment) && undoes === undefined && undoingBy === undefined;
  return canUndo ? [rollBackButton(view)] : [];
}

function aborting(deployment: Deployment): string {
  const { abortRequestedBy, startedAt } = deployment;
  const by = abortRequestedBy === undefined ? '' : `, asked by ${who(abortRequestedBy)}`;
  const before = escaped(releaseBefore(deployment));
  const next =
    startedAt === undefined
      ? `Nothing has been changed: ${before} stays live.`
      : `This message shows when ${before} is confirmed back.`;
  return `Aborting${by}. ${next}`;
}

/** Where it is about an effect that may have happened, "resume" is to have it again: the button says so. */
function answerButtons(deployment: Deployment, { doneMeans }: Question): Button[] {
  const value = seen(deployment);
  if (doneMeans === undefined) {
    return [button({ command: 'resume', text: 'Resume', value, style: 'primary' })];
  }
  return [
    button({ command: 'happened', text: 'It happened', value }),
    button({ command: 'resume', text: 'Do it again', value }),
  ];
}

function takeOverButton({ deployment, title }: ButtonsView): Button {
  return button({
    command: 'takeover',
    text: 'Take over',
    value: seen(deployment),
    style: 'danger',
    confirm: {
      title: `Take over #${deployment.number}?`,
      text: `Forge stops trying and leaves ${placeOf(deployment, title)} as it is now, confirmed or not. From then on you answer for it.`,
      yes: 'Take over',
      no: 'Keep trying',
    },
  });
}

function abortButton({ deployment, title, undoSeconds }: ButtonsView): Button {
  const { number, undoes, startedAt } = deployment;
  const what = undoes === undefined ? newVersion(deployment) : 'The rollback';
  const before = releaseBefore(deployment);
  const place = placeOf(deployment, title);
  return button({
    command: 'abort',
    text: 'Abort',
    value: seen(deployment),
    style: 'danger',
    confirm: {
      title: `Abort #${number}?`,
      text:
        startedAt === undefined
          ? `${what} does not start. Nothing has been changed yet: ${before} stays live on ${place}.`
          : `${what} is stopped and ${before} is put back on ${place}. It takes ${roughly(undoSeconds)}. Data that was written meanwhile stays.`,
      yes: 'Abort',
      no: 'Keep going',
    },
  });
}

function rollBackButton({ deployment, title, undoSeconds }: ButtonsView): Button {
  const before = previousVersion(deployment);
  const version = newVersion(deployment);
  return button({
    command: 'rollback',
    text: 'Roll back',
    value: seen(deployment),
    style: 'danger',
    confirm: {
      title: `Roll back to ${before}?`,
      text: `${placeOf(deployment, title)} goes from ${version} back to ${before}. It takes ${roughly(undoSeconds)}. Data that was written meanwhile stays.`,
      yes: 'Roll back',
      no: `Keep ${version}`,
    },
  });
}
