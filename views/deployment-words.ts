import type { Actor } from '../src/domain/actor.ts';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { quoted } from './text.ts';

/** What the person who reads it calls the service. */
export type Titles = { service: string };

/** One sentence without markup that says how the deployment stands; the message's first line and its notification. */
export function headline(deployment: Deployment, titles: Titles): string {
  const { plan, phase, environment } = deployment;
  const place = `${titles.service} in ${environment}`;
  const version = plan.to.version;
  const before = previousVersion(deployment);
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return deployment.undoes === undefined
        ? `Checking ${version} for ${place}`
        : `About to roll ${place} back to ${version}`;
    case 'running':
      return deployment.undoes === undefined
        ? `Deploying ${version} to ${place}`
        : `Rolling ${place} back to ${version}`;
    case 'held':
      return `Waiting for an answer: ${version} on ${place}`;
    case 'rolling-back':
      return phase.because === 'abort'
        ? `Aborting: putting ${before} back on ${place}`
        : `Failed: putting ${before} back on ${place}`;
    case 'succeeded':
      return succeededHeadline(deployment, place);
    case 'rolled-back':
      return `Failed: ${version} did not go live, ${before} is back on ${place}`;
    case 'aborted':
      return deployment.startedAt === undefined
        ? `Aborted before anything was changed: ${version} for ${place}`
        : `Aborted: ${before} is back on ${place}`;
    case 'refused':
      return `Not started: ${version} for ${place}`;
  }
}

function succeededHeadline(deployment: Deployment, place: string): string {
  const { version } = deployment.plan.to;
  if (deployment.undoneBy !== undefined) {
    return `Undone by #${deployment.undoneBy}: ${version} is no longer on ${place}`;
  }
  if (deployment.replacedBy !== undefined)
    return `${version} was live on ${place} until #${deployment.replacedBy}`;
  if (deployment.undoes !== undefined) return `Rolled back: ${version} is live on ${place} again`;
  return `${version} is live on ${place}`;
}

/** A picture beside the words, never instead of them. */
export function icon(deployment: Deployment): string {
  switch (deployment.phase.kind) {
    case 'requested':
    case 'checking':
      return ':mag:';
    case 'running':
      return deployment.undoes === undefined ? ':rocket:' : ':rewind:';
    case 'held':
      return ':raised_hand:';
    case 'rolling-back':
      return ':rewind:';
    case 'succeeded':
      return deployment.undoneBy === undefined ? ':white_check_mark:' : ':rewind:';
    case 'rolled-back':
      return ':x:';
    case 'aborted':
      return ':octagonal_sign:';
    case 'refused':
      return ':no_entry_sign:';
  }
}

/** What was live before; regions may have differed. */
export function previousVersion(deployment: Deployment): string {
  const versions = new Set(Object.values(deployment.plan.from).map(({ version }) => version));
  return versions.size === 0 ? 'nothing' : [...versions].join(' and ');
}

/** A step as a line of a checklist, in plain text. */
export function stepTitle(step: Step, deployment: Deployment): string {
  const { version } = deployment.plan.to;
  const where = regionsOf(deployment.plan).length > 1 ? ` in ${step.region}` : '';
  switch (step.kind) {
    case 'start':
      return `Start ${version}${where}`;
    case 'restore':
      return `Put ${version} back${where}`;
    case 'smoke':
      return `Try it out${where}`;
    case 'verify':
      return `Confirm what runs${where}`;
  }
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

/** Why it failed or was stopped, escaped, as a sentence's end; undefined where nothing went wrong. */
export function trouble(deployment: Deployment): string | undefined {
  const { phase } = deployment;
  switch (phase.kind) {
    case 'rolling-back':
    case 'rolled-back':
    case 'refused':
      return quoted(phase.reason, 1500);
    case 'aborted':
    case 'requested':
    case 'checking':
    case 'running':
    case 'held':
    case 'succeeded':
      return undefined;
  }
}

export function isLive(deployment: Deployment): boolean {
  return (
    isFinished(deployment) &&
    deployment.phase.kind === 'succeeded' &&
    deployment.undoneBy === undefined &&
    deployment.replacedBy === undefined
  );
}
