import type { KnownBlock } from '@slack/types';
import { type Deployment, isBlocked } from '../src/domain/deployment.ts';
import { context, section } from './blocks.ts';
import {
  isTrafficBack,
  isTrafficBackIn,
  isUnsound,
  newVersion,
  releaseBefore,
  who,
} from './deployment-words.ts';
import { servedBy } from './served.ts';
import { escaped, moment, quotation, quoted, sentence } from './text.ts';
import { LOOK } from './thread-words.ts';

/** Regions whose trouble is told in full; more are counted. */
const MOST_REGIONS = 3;

/** What went wrong or was stopped, why, and what next; nothing where all is well. */
export function deploymentTrouble(deployment: Deployment): KnownBlock[] {
  const why = whyOf(deployment);
  const next = nextOf(deployment);
  const { phase, trouble } = deployment;
  const isStuck = phase.kind === 'rolling-back' && trouble !== undefined;
  return [
    ...(why === undefined ? [] : [section(why)]),
    ...(isStuck ? [section(blocked(trouble, deployment))] : []),
    ...blockedRegions(deployment),
    ...lookedAfter(deployment),
    ...(next === undefined ? [] : [context(next)]),
  ];
}

function whyOf(deployment: Deployment): string | undefined {
  const { phase } = deployment;
  switch (phase.kind) {
    case 'rolling-back':
      return phase.because === 'abort' ? aborted(deployment, phase.reason) : failed(phase.reason);
    case 'rolled-back':
      return `${failed(phase.reason)}${servedTold(deployment)}`;
    case 'refused':
    case 'expired':
    case 'superseded':
      return `*Why it did not start:* ${quoted(phase.reason, 1500)}`;
    case 'rejected':
      return `*Rejected by ${who(phase.by)}:*\n${quotation(phase.reason, 1500)}`;
    case 'aborted':
      return aborted(deployment, phase.reason);
    case 'left':
      return phase.by.kind === 'person'
        ? `*Left to ${who(phase.by)} as it is:* ${quoted(phase.reason, 1500)}`
        : `*Left as it is:* ${quoted(phase.reason, 1500)}`;
    case 'requested':
    case 'checking':
    case 'building':
    case 'awaiting-approval':
    case 'waiting':
    case 'running':
    case 'held':
      return deployment.trouble === undefined ? undefined : blocked(deployment.trouble, deployment);
    case 'succeeded':
      return isUnsound(deployment) ? unsound(deployment) : undefined;
  }
}

function blocked(trouble: string, deployment: Deployment): string {
  const told = sentence(quoted(trouble, 1500));
  return deployment.undoes !== undefined && isTrafficBack(deployment)
    ? `:warning: *Traffic is back, but not all is well:* ${told} ${LOOK}`
    : `:warning: *It does not get on:* ${told} Forge keeps trying.`;
}

function failed(reason: string): string {
  return `*What went wrong:* ${quoted(reason, 1500)}`;
}

function servedTold(deployment: Deployment): string {
  const served = servedBy(deployment);
  if (served === undefined) return '';
  return `\n${escaped(newVersion(deployment))} served from ${moment(served.since)} to ${moment(served.until)}.`;
}

/** A person's reason is quoted as theirs; one of Forge's own, such as a deadline, is said. */
function unsound(deployment: Deployment): string {
  const reason = Object.values(deployment.steps).flatMap((step) =>
    step.kind === 'failed' ? [step.reason] : [],
  )[0];
  const back = escaped(newVersion(deployment));
  return `*${back} is back, but:* ${sentence(quoted(reason ?? '', 1500))} Look at it.`;
}

function aborted({ abortRequestedBy: by, abortWhy }: Deployment, reason: string): string | undefined {
  const why = [reason, abortWhy ?? ''].find((text) => text.trim() !== '');
  if (by === undefined) return why === undefined ? undefined : `*Aborted:* ${quoted(why, 1500)}`;
  const line = `*Aborted* by ${who(by)}`;
  if (why === undefined) return `${line}.`;
  return by.kind === 'person' ? `${line}:\n${quotation(why, 1500)}` : `${line}: ${quoted(why, 1500)}`;
}

/** Whoever reads of trouble wants to know whether somebody is at it. */
function lookedAfter(deployment: Deployment): KnownBlock[] {
  const { acknowledgedBy } = deployment;
  if (acknowledgedBy === undefined || !isBlocked(deployment)) return [];
  return [context(`:eyes: ${who(acknowledgedBy)} is on it. Forge goes on trying and calls nobody again.`)];
}

function blockedRegions(deployment: Deployment): KnownBlock[] {
  const blocked = Object.entries(deployment.restores).flatMap(([region, restore]) =>
    restore.kind === 'blocked' ? [{ region, reason: restore.reason }] : [],
  );
  const told = blocked.slice(0, MOST_REGIONS).map(({ region, reason }) => {
    const where = escaped(region);
    const why = sentence(quoted(reason, 800));
    return section(
      isTrafficBackIn(region, deployment)
        ? `:warning: *Traffic is back in ${where}, but not all is well:* ${why} ${LOOK}`
        : `:warning: *Not confirmed in ${where}:* ${why} Forge tries again until it is; nobody has to press anything.`,
    );
  });
  const left = blocked.slice(MOST_REGIONS).map(({ region }) => escaped(region));
  return left.length === 0
    ? told
    : [...told, section(`:warning: *Not confirmed in ${left.join(', ')} either.*`)];
}

/** What a person can do now. A refusal says it in its own reason. */
function nextOf(deployment: Deployment): string | undefined {
  const { phase, undoes } = deployment;
  if (phase.kind !== 'rolled-back' && phase.kind !== 'aborted') return undefined;
  const live = `Nobody has to do anything: ${escaped(releaseBefore(deployment))} runs.`;
  if (undoes !== undefined) return `${live} To try the rollback again, type \`/forge rollback #${undoes}\`.`;
  return phase.kind === 'rolled-back' ? `${live} When the cause is mended, deploy again.` : live;
}
