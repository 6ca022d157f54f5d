import type { Actor } from '../src/domain/actor.ts';
import { type Deployment, isBlocked } from '../src/domain/deployment.ts';
import { failedCheck } from '../src/domain/failed-before-start.ts';
import { regionsOf } from '../src/domain/plan.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import {
  isAborting,
  isTouched,
  isTrafficBack,
  isUnsound,
  leftVersion,
  newVersion,
  placeOf,
  previousVersion,
  releaseBefore,
} from './deployment-words.ts';
import { servedBy } from './served.ts';
import { duration } from './text.ts';
import { waitsWhere } from './waits.ts';

/** What the person who reads it calls the service. */
export type Titles = { service: string };

/** One sentence without markup that says how the deployment stands; the message's first line and its notification. */
export function headline(deployment: Deployment, titles: Titles): string {
  const place = placeOf(deployment, titles.service);
  const words =
    deployment.undoes === undefined
      ? deploymentHeadline(deployment, place)
      : rollbackHeadline(deployment, place);
  return deployment.emergency === undefined ? words : `Emergency · ${words}`;
}

function deploymentHeadline(deployment: Deployment, place: string): string {
  const { phase } = deployment;
  const version = newVersion(deployment);
  const before = previousVersion(deployment);
  if (isAborting(deployment)) return `Aborting: ${version} for ${place}`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return checkingHeadline(deployment, `${version} for ${place}`);
    case 'building':
      return deployment.build?.state === 'failed'
        ? `Build failed: ${version} for ${place}`
        : `Building ${version} for ${place}`;
    case 'awaiting-approval':
      return `Waiting for approval: ${version} for ${place}`;
    case 'waiting':
      return `Waiting to start: ${version} for ${place}`;
    case 'running': {
      if (deployment.paused !== undefined) return `Paused: ${version} for ${place}`;
      const wait = waitsInRegion(deployment);
      return wait === undefined
        ? `Deploying ${version} to ${place}`
        : `Waiting ${waitsWhere(wait, deployment)}: ${version} for ${place}`;
    }
    case 'held':
      return `Waiting for an answer: ${version} on ${place}`;
    case 'rolling-back': {
      const why = phase.because === 'abort' ? 'Aborting' : 'Failed';
      return isTrafficBack(deployment)
        ? `${why}: ${before} has all traffic again, cleaning up ${place}`
        : `${why}: putting ${before} back on ${place}${stuck(deployment)}`;
    }
    case 'succeeded':
      return `${version} ${liveness(deployment, place)}`;
    case 'rolled-back': {
      const back = isTouched(deployment) ? `${before} is back on ${place}` : `${before} stays on ${place}`;
      const served = servedBy(deployment);
      if (served === undefined) return `Failed: ${version} did not go live, ${back}`;
      const where =
        served.regions.length < regionsOf(deployment.plan).length
          ? ` in ${served.regions.join(' and ')}`
          : '';
      const long = duration((served.until - served.since) / 1000);
      const took = served.share === 100 ? 'served' : `got up to ${served.share} % of traffic`;
      return `Failed: ${version} ${took}${where} for ${long} and was taken away again, ${back}`;
    }
    case 'aborted':
      return isTouched(deployment)
        ? `Aborted: ${before} is back on ${place}`
        : `Aborted before anything was changed: ${version} for ${place}`;
    case 'left':
      return `${leftTo(phase.by)}: ${leftVersion(deployment)} is NOT confirmed on ${place}`;
    case 'refused':
      return `Not started: ${version} for ${place}`;
    case 'rejected':
      return `Rejected: ${version} for ${place}`;
    case 'expired':
      return deployment.ownerAsked === undefined && deployment.approval !== undefined
        ? `Not approved in time: ${version} for ${place}`
        : `Not started in time: ${version} for ${place}`;
    case 'superseded':
      return phase.by === undefined
        ? `Not started, something newer took its place: ${version} for ${place}`
        : `Not started, #${phase.by} took its place: ${version} for ${place}`;
  }
}

/** Whoever reads the first line only must see that nothing goes on by itself. */
function checkingHeadline(deployment: Deployment, what: string): string {
  const failed = failedCheck(deployment);
  if (failed === undefined) return `Checking ${what}`;
  return `${failed.state === 'failed' ? 'A check failed' : 'A check could not be made'}: ${what}`;
}

/** A rollback that does not come about leaves the newer release live: that is what people need to know then. */
function rollbackHeadline(deployment: Deployment, place: string): string {
  const { phase } = deployment;
  const version = newVersion(deployment);
  const newer = releaseBefore(deployment);
  if (isAborting(deployment)) return `Aborting the rollback of ${place} to ${version}`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
    case 'building':
    case 'awaiting-approval':
    case 'waiting':
      return `About to roll ${place} back to ${version}`;
    case 'running':
      return isTrafficBack(deployment)
        ? `Back on ${version}: it has all traffic and is watched, ${place}`
        : `Rolling ${place} back to ${version}${stuck(deployment)}`;
    case 'held':
      return `Waiting for an answer: rolling ${place} back to ${version}`;
    case 'rolling-back':
      return phase.because === 'abort'
        ? `Aborting the rollback: putting ${newer} back on ${place}`
        : `Rollback failed: putting ${newer} back on ${place}${stuck(deployment)}`;
    case 'succeeded':
      if (isUnsound(deployment)) return `${version} is back on ${place}, but a check of it failed`;
      return deployment.replacedBy === undefined && deployment.undoneBy === undefined
        ? `Rolled back: ${version} is live on ${place} again`
        : `Rolled back: ${version} ${liveness(deployment, place)}`;
    case 'rolled-back':
      return `Rollback failed: ${newer} stays live on ${place}`;
    case 'aborted':
      return isTouched(deployment)
        ? `Rollback aborted: ${newer} stays live on ${place}`
        : `Rollback aborted before anything was changed: ${newer} stays live on ${place}`;
    case 'left':
      return `${leftTo(phase.by)}: ${leftVersion(deployment)} is NOT confirmed on ${place}`;
    case 'refused':
    case 'rejected':
    case 'expired':
    case 'superseded':
      return `Rollback not started: nothing was changed on ${place}`;
  }
}

/** Whoever reads the first line only must see that it does not get on. */
function stuck(deployment: Deployment): string {
  return isBlocked(deployment) ? ', BLOCKED' : '';
}

/** What became of a release that went live, as the end of a sentence. */
function liveness({ undoneBy, undoingBy, replacedBy }: Deployment, place: string): string {
  if (undoneBy !== undefined) return `was live on ${place} until #${undoneBy} undid it`;
  if (replacedBy !== undefined) return `was live on ${place} until #${replacedBy} replaced it`;
  if (undoingBy !== undefined) return `is live on ${place}, #${undoingBy} is taking it back`;
  return `is live on ${place}`;
}

/** Who answers for the service now; headlines take no mention, so the name is in the thread and below. */
function leftTo(by: Actor): string {
  return by.kind === 'person' ? 'Taken over and left as it is' : 'Changed by somebody else and left as it is';
}

/** A picture beside the words, never instead of them. */
export function icon(deployment: Deployment): string {
  if (isAborting(deployment)) return ':octagonal_sign:';
  switch (deployment.phase.kind) {
    case 'requested':
    case 'checking':
      return ':mag:';
    case 'building':
      return ':hammer_and_wrench:';
    case 'awaiting-approval':
      return ':ballot_box_with_ballot:';
    case 'waiting':
      return ':hourglass_flowing_sand:';
    case 'running':
      if (deployment.paused !== undefined) return ':double_vertical_bar:';
      if (deployment.undoes !== undefined) return ':rewind:';
      return waitsInRegion(deployment) === undefined ? ':rocket:' : ':hourglass_flowing_sand:';
    case 'held':
      return ':raised_hand:';
    case 'rolling-back':
      return ':rewind:';
    case 'succeeded':
      if (isUnsound(deployment)) return ':warning:';
      return deployment.undoneBy === undefined ? ':white_check_mark:' : ':rewind:';
    case 'rolled-back':
      return ':x:';
    case 'aborted':
      return ':octagonal_sign:';
    case 'left':
      return ':warning:';
    case 'refused':
    case 'rejected':
    case 'superseded':
      return ':no_entry_sign:';
    case 'expired':
      return ':hourglass:';
  }
}
