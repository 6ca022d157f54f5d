import type { Button, KnownBlock } from '@slack/types';
import { consentWanted } from '../src/domain/consent.ts';
import { type Deployment, isBlocked, isFinished, type Question } from '../src/domain/deployment.ts';
import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { mayVote, voteButtons } from './approval.ts';
import { resumeButton } from './automatic-hold.ts';
import { actions, button, context } from './blocks.ts';
import { failureButtons, overriders } from './check-buttons.ts';
import { hasColours } from './colours.ts';
import {
  isAborting,
  isLive,
  newVersion,
  placeOf,
  previousVersion,
  releaseBefore,
  who,
} from './deployment-words.ts';
import { ownersOf, scheduleButtons } from './owner-question.ts';
import { seen } from './seen.ts';
import { revertButton } from './shipment-buttons.ts';
import { skipButtons } from './skip-button.ts';
import { escaped } from './text.ts';
import { undoTakes } from './undoing.ts';
import { type Pressers, usable, whoMay } from './who-may.ts';

type ButtonsView = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
  /** Seconds putting back what was live before is expected to take where its tasks have to start. */
  undoSeconds: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** Who may press what. */
  people: PeoplePolicy;
  /** Forge can open the pull request that takes a change back. */
  canRevert?: boolean;
};

/** The buttons that apply now, with who may press them; none where nobody could. */
export function deploymentButtons(view: ButtonsView): KnownBlock[] {
  const { deployment } = view;
  if (isAborting(deployment)) return [context(aborting(deployment))];
  const pressers = pressersOf(deployment, view.people);
  const buttons = usable(buttonsOf(view), deployment, pressers);
  if (buttons.length === 0) return [];
  return [actions(buttons), context(whoMay(buttons, deployment, pressers))];
}

/** Votes and the owner's word are not a matter of roles alone. */
function pressersOf(deployment: Deployment, people: PeoplePolicy): Pressers {
  const voters = mayVote(deployment, people);
  const excluded = deployment.approval?.excluded ?? [];
  return {
    people,
    others: {
      ...{ approve: voters, reject: voters, confirm: ownersOf(deployment) },
      ...overriders(deployment, people),
    },
    except: { approve: excluded, reject: excluded },
  };
}

function buttonsOf(view: ButtonsView): Button[] {
  const { deployment } = view;
  const { phase, undoes, undoingBy } = deployment;
  const trouble = isBlocked(deployment) ? [...lookAfterButtons(deployment), takeOverButton(view)] : [];
  if (phase.kind === 'rolling-back') return trouble;
  if (phase.kind === 'held') return [...answerButtons(deployment, phase), abortButton(view)];
  if (phase.kind === 'awaiting-approval') {
    return [
      ...voteButtons(deployment, view.title),
      ...scheduleButtons(deployment),
      ...letStartButtons(deployment),
      abortButton(view),
    ];
  }
  if (phase.kind === 'waiting') {
    return [...scheduleButtons(deployment), ...letStartButtons(deployment), abortButton(view)];
  }
  if (!isFinished(deployment)) {
    return [
      ...failureButtons(deployment),
      ...letStartButtons(deployment),
      ...steeringButtons(view),
      abortButton(view),
      ...trouble,
    ];
  }
  const canUndo = isLive(deployment) && undoes === undefined && undoingBy === undefined;
  return canUndo ? [rollBackButton(view)] : [...revertButtons(view), ...resumeAutomatic(deployment)];
}

function resumeAutomatic(deployment: Deployment): Button[] {
  return deployment.holdsAutomatic === undefined ? [] : [resumeButton(deployment)];
}

/** What was taken back is still in the code: the next deployment of it would bring it again. */
function revertButtons({ deployment, canRevert = false }: ButtonsView): Button[] {
  const { phase, undoes, number } = deployment;
  const isBack = undoes === undefined ? phase.kind === 'rolled-back' : phase.kind === 'succeeded';
  return canRevert && isBack ? [revertButton(number)] : [];
}

/** What a person may do while traffic is moved step by step. */
function steeringButtons({ deployment }: ButtonsView): Button[] {
  const value = seen(deployment);
  if (deployment.paused !== undefined) {
    return [button({ command: 'resume', text: 'Resume', value, style: 'primary' })];
  }
  const movesTraffic = deployment.plan.steps.some(({ kind }) => kind === 'shift');
  if (deployment.startedAt === undefined || !movesTraffic) return [];
  return [button({ command: 'pause', text: 'Pause', value }), ...skipButtons(deployment)];
}

/** Both open a form that shows what would start, or go on in its next region. */
function letStartButtons(state: Deployment): Button[] {
  const { number: deployment, phase, emergency } = state;
  const waitsFor = phase.kind === 'waiting' ? phase.for : waitsInRegion(state)?.for;
  const isHeldUp =
    phase.kind === 'awaiting-approval' || (waitsFor !== undefined && waitsFor !== 'deployment');
  return [
    ...(consentWanted(state) !== undefined
      ? [button({ command: 'consent', text: 'Consent…', value: { deployment }, style: 'primary' })]
      : []),
    ...(isHeldUp && emergency === undefined
      ? [button({ command: 'emergency', text: 'Emergency…', value: { deployment } })]
      : []),
  ];
}

/** People are called while a rollback does not get on, until somebody is at it. */
function lookAfterButtons(deployment: Deployment): Button[] {
  const { phase, undoes, acknowledgedBy } = deployment;
  const isGoingBack = phase.kind === 'rolling-back' || undoes !== undefined;
  if (!isGoingBack || acknowledgedBy !== undefined) return [];
  return [button({ command: 'ack', text: 'I am on it', value: seen(deployment), style: 'primary' })];
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

function abortButton(view: ButtonsView): Button {
  const { deployment, title } = view;
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
          : `${what} is stopped and ${before} is put back on ${place}. ${undoTakes(view)} Data that was written meanwhile stays.`,
      yes: 'Abort',
      no: 'Keep going',
    },
  });
}

/**
 * In colours the question is a form: only it can show how fast it is now and what somebody else did to the weights, and to
 * confirm it asks nothing of AWS any more.
 */
function rollBackButton(view: ButtonsView): Button {
  const { deployment } = view;
  const shared = { command: 'rollback', text: 'Roll back', style: 'danger' } as const;
  if (hasColours(deployment)) return button({ ...shared, value: { deployment: deployment.number } });
  return button({ ...shared, value: seen(deployment), confirm: rollBackQuestion(view) });
}

function rollBackQuestion(view: ButtonsView) {
  const { deployment, title } = view;
  const before = previousVersion(deployment);
  const version = newVersion(deployment);
  return {
    title: `Roll back to ${before}?`,
    text: `${placeOf(deployment, title)} goes from ${version} back to ${before}. ${undoTakes(view)} Data that was written meanwhile stays.`,
    yes: 'Roll back',
    no: `Keep ${version}`,
  };
}
