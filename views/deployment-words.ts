import type { Actor, Pusher } from '../src/domain/actor.ts';
import { type Deployment, isFinished, type Question } from '../src/domain/deployment.ts';
import { escaped, oneLine, quoted, shortened } from './text.ts';

/** Versions are shown this long, titles so; a tag of a registry may have 128 characters. */
const LONGEST_VERSION = 48;
const LONGEST_TITLE = 40;

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

/** What was to run when Forge stopped trying, in plain text. */
export function leftVersion(deployment: Deployment): string {
  const isGoingBack = Object.keys(deployment.restores).length > 0;
  return isGoingBack ? previousVersion(deployment) : newVersion(deployment);
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
      return actor.source === 'github' ? pusherTold(actor.pusher) : 'a schedule';
  }
}

/** As a mention where somebody knows who it is; a name on GitHub is foreign text. */
function pusherTold({ login, person }: Pusher = {}): string {
  if (person !== undefined) return `<@${person}> (by a push)`;
  return login === undefined ? 'a push on GitHub' : `${quoted(login, 60)} (by a push on GitHub)`;
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
