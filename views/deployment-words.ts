import type { Actor } from '../src/domain/actor.ts';
import { type Deployment, isBlocked, isFinished, type Question } from '../src/domain/deployment.ts';
import { regionsOf } from '../src/domain/plan.ts';
import { servedBy } from './served.ts';
import { duration, escaped, oneLine, shortened } from './text.ts';

/** What the person who reads it calls the service. */
export type Titles = { service: string };

/** Versions are shown this long, titles so; a tag of a registry may have 128 characters. */
const LONGEST_VERSION = 48;
const LONGEST_TITLE = 40;

/** One sentence without markup that says how the deployment stands; the message's first line and its notification. */
export function headline(deployment: Deployment, titles: Titles): string {
  const place = placeOf(deployment, titles.service);
  return deployment.undoes === undefined
    ? deploymentHeadline(deployment, place)
    : rollbackHeadline(deployment, place);
}

function deploymentHeadline(deployment: Deployment, place: string): string {
  const { phase } = deployment;
  const version = newVersion(deployment);
  const before = previousVersion(deployment);
  if (isAborting(deployment)) return `Aborting: ${version} for ${place}`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return `Checking ${version} for ${place}`;
    case 'running':
      return deployment.paused === undefined
        ? `Deploying ${version} to ${place}`
        : `Paused: ${version} for ${place}`;
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
  }
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
      return `Rollback not started: nothing was changed on ${place}`;
  }
}

/** Whoever reads the first line only must see that it does not get on. */
function stuck(deployment: Deployment): string {
  return isBlocked(deployment) ? ', BLOCKED' : '';
}

/** Traffic was moved back wherever it had been moved, and the load balancers say so; for a rollback, in every region. */
export function isTrafficBack(deployment: Deployment): boolean {
  const { traffic, plan, undoes } = deployment;
  const moved = Object.keys(traffic);
  const isEverywhere = undoes === undefined || moved.length === Object.keys(plan.from).length;
  return moved.length > 0 && isEverywhere && moved.every((region) => isTrafficBackIn(region, deployment));
}

/** All of a region's traffic is where the deployment has it return to; where too few tasks were there, it may be elsewhere. */
export function isTrafficBackIn(region: string, { traffic, plan, undoes }: Deployment): boolean {
  const { took, confirmedAt, split } = traffic[region] ?? {};
  const place = plan.from[region]?.place ?? 'only';
  if (split === undefined || took === undefined || confirmedAt === undefined || place === 'only')
    return false;
  return split[place] === (undoes === undefined ? 100 : 0);
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

/** What was to run when Forge stopped trying, in plain text. */
export function leftVersion(deployment: Deployment): string {
  const isGoingBack = Object.keys(deployment.restores).length > 0;
  return isGoingBack ? previousVersion(deployment) : newVersion(deployment);
}

/** A picture beside the words, never instead of them. */
export function icon(deployment: Deployment): string {
  if (isAborting(deployment)) return ':octagonal_sign:';
  switch (deployment.phase.kind) {
    case 'requested':
    case 'checking':
      return ':mag:';
    case 'running':
      if (deployment.paused !== undefined) return ':double_vertical_bar:';
      return deployment.undoes === undefined ? ':rocket:' : ':rewind:';
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
      return ':no_entry_sign:';
  }
}

/** A version as people see it: on one line and not too long. In plain text. */
export function shownVersion(version: string): string {
  return shortened(oneLine(version), LONGEST_VERSION);
}

/** What the deployment puts there, in plain text. */
export function newVersion(deployment: Deployment): string {
  return shownVersion(deployment.plan.to.version);
}

/** What was live before, in plain text; regions may have differed. */
export function previousVersion(deployment: Deployment): string {
  const versions = new Set(Object.values(deployment.plan.from).map(({ version }) => version));
  return versions.size === 0 ? 'nothing' : shownVersion([...versions].join(' and '));
}

/** What a failure or an abort leaves live, in one region or in all, in plain text: for a rollback that is the newer release. */
export function releaseBefore(deployment: Deployment, region?: string): string {
  const live = region === undefined ? undefined : deployment.plan.from[region];
  const version = live === undefined ? previousVersion(deployment) : shownVersion(live.version);
  return deployment.undoes === undefined ? version : `the newer ${version}`;
}

/** `Public API in staging`, in plain text. */
export function placeOf({ environment }: Pick<Deployment, 'environment'>, title: string): string {
  return `${shortened(oneLine(title), LONGEST_TITLE)} in ${shortened(oneLine(environment), LONGEST_TITLE)}`;
}

/** Who, as a mention where it is a person. */
export function who(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return `<@${actor.userId}>`;
    case 'job':
      return 'Forge';
    case 'trigger':
      return actor.source === 'github' ? 'GitHub' : 'a schedule';
  }
}

/** What happens to a question nobody answers, as the end of a sentence in markup. */
export function safeAnswer({ otherwise }: Pick<Question, 'otherwise'>, deployment: Deployment): string {
  if (otherwise === 'failed') return 'Forge takes it as failed';
  return isTouched(deployment)
    ? `Forge aborts and puts ${escaped(releaseBefore(deployment))} back`
    : 'Forge aborts';
}

/** Somebody asked to abort, and putting things back has not begun yet. */
export function isAborting(deployment: Deployment): boolean {
  const isDecided = isFinished(deployment) || deployment.phase.kind === 'rolling-back';
  return deployment.abortRequestedBy !== undefined && !isDecided;
}

/** A rollback that put its release back although a check of it failed: it is live, and somebody must look at it. */
export function isUnsound(deployment: Deployment): boolean {
  const { phase, undoes, steps } = deployment;
  const hasFailed = Object.values(steps).some(({ kind }) => kind === 'failed');
  return phase.kind === 'succeeded' && undoes !== undefined && hasFailed;
}

/** A step has begun: the service may have been changed. */
export function isTouched(deployment: Deployment): boolean {
  return Object.keys(deployment.steps).length > 0;
}

export function isLive({ phase, undoneBy, replacedBy }: Deployment): boolean {
  return phase.kind === 'succeeded' && undoneBy === undefined && replacedBy === undefined;
}
