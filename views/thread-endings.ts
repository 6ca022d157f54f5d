import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { isTouched, isUnsound, leftVersion, newVersion, placeOf, who } from './deployment-words.ts';
import { servedBy } from './served.ts';
import { escaped, moment } from './text.ts';
import { before, calling, mentioned, mentionsOf, type People, told } from './thread-words.ts';

type Ended = Extract<
  DeploymentEvent,
  { type: 'succeeded' | 'rolled-back' | 'aborted' | 'refused' | 'rejected' | 'expired' | 'superseded' }
>;

/** How it ended, to the person who asked for it and to one who aborted it. */
export function endLine(event: Ended, deployment: Deployment, people: People): string {
  const line = isUnsound(deployment)
    ? `:warning: ${mentioned(deployment, people)} `
    : `${endIcon(event)} ${calling(concerned(deployment))}`;
  return deployment.undoes === undefined
    ? `${line}${deploymentEnd(event, deployment, people)}`
    : `${line}${rollbackEnd(event, deployment, people)}`;
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
    case 'rejected':
    case 'superseded':
      return ':no_entry_sign:';
    case 'expired':
      return ':hourglass:';
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
      return `${version} failed on ${place}${servedTold(deployment)}; ${before(deployment)} ${back}.${why(deployment)}`;
    }
    case 'aborted':
      return isTouched(deployment)
        ? `Aborted; ${before(deployment)} is back on ${place}.`
        : `Aborted before anything was changed; ${before(deployment)} stays live on ${place}.`;
    case 'refused':
    case 'expired':
    case 'superseded':
      return `Not started: ${told(event.reason, 2000)}`;
    case 'rejected':
      return `${version} for ${place} was rejected${rejection(deployment)}; ${before(deployment)} stays live.`;
  }
}

function rollbackEnd(event: Ended, deployment: Deployment, { title }: People): string {
  const place = escaped(placeOf(deployment, title));
  const stays = `${before(deployment)} stays live on ${place}.`;
  const again = ` To try again, type \`/forge rollback #${deployment.undoes}\`.`;
  switch (event.type) {
    case 'succeeded':
      return isUnsound(deployment)
        ? unsoundEnd(deployment)
        : `${place} is back on ${escaped(newVersion(deployment))}.`;
    case 'rolled-back':
      return `The rollback of #${deployment.undoes} failed; ${stays}${why(deployment)}${again}`;
    case 'aborted': {
      const early = isTouched(deployment) ? '' : ' before anything was changed';
      return `The rollback of #${deployment.undoes} was aborted${early}; ${stays}`;
    }
    case 'refused':
    case 'expired':
    case 'superseded':
      return `The rollback of #${deployment.undoes} was not started: ${told(event.reason, 2000)}`;
    case 'rejected':
      return `The rollback of #${deployment.undoes} was not started${rejection(deployment)}; ${stays}`;
  }
}

/** By whom; the reason stands in the line of the vote. */
function rejection({ phase }: Deployment): string {
  return phase.kind === 'rejected' ? ` by ${who(phase.by)}` : '';
}

function unsoundEnd(deployment: Deployment): string {
  const reasons = Object.values(deployment.steps).flatMap((step) =>
    step.kind === 'failed' ? [told(step.reason, 600)] : [],
  );
  return `${escaped(newVersion(deployment))} is back, but ${reasons.join(' ')} Look at it.`;
}

/** Forge stopped trying, to those who must look at it now. */
export function leftLine(
  { reason }: Extract<DeploymentEvent, { type: 'left' }>,
  { by }: RecordedEvent,
  deployment: Deployment,
  people: People,
): string {
  const place = escaped(placeOf(deployment, people.title));
  const to = by.kind === 'person' ? `to ${who(by)} ` : '';
  const version = escaped(leftVersion(deployment));
  return `:warning: ${mentioned(deployment, people)} Left ${to}as it is: ${version} is NOT confirmed on ${place}. ${told(reason, 900)}`;
}

function why({ phase }: Deployment): string {
  return phase.kind === 'rolled-back' ? ` What went wrong: ${told(phase.reason, 900)}` : '';
}

function servedTold(deployment: Deployment): string {
  const served = servedBy(deployment);
  return served === undefined ? '' : ` after serving from ${moment(served.since)} to ${moment(served.until)}`;
}

/** Who asked for it, who set its time last and who aborted it, each once. */
function concerned({ requestedBy, lastEditor, abortRequestedBy }: Deployment): string[] {
  const editor = lastEditor === undefined ? [] : [`<@${lastEditor}>`];
  const aborter = abortRequestedBy === undefined ? [] : mentionsOf(abortRequestedBy);
  return [...new Set([...mentionsOf(requestedBy), ...editor, ...aborter])];
}
