import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { context, section } from './blocks.ts';
import { releaseBefore, who } from './deployment-words.ts';
import { escaped, quoted, sentence } from './text.ts';

/** Regions whose trouble is told in full; more are counted. */
const MOST_REGIONS = 3;

/** What went wrong or was stopped, why, and what next; nothing where all is well. */
export function deploymentTrouble(deployment: Deployment): KnownBlock[] {
  const why = whyOf(deployment);
  const next = nextOf(deployment);
  return [
    ...(why === undefined ? [] : [section(why)]),
    ...blockedRegions(deployment),
    ...(next === undefined ? [] : [context(next)]),
  ];
}

function whyOf(deployment: Deployment): string | undefined {
  const { phase } = deployment;
  switch (phase.kind) {
    case 'rolling-back':
      return phase.because === 'abort' ? aborted(deployment, phase.reason) : failed(phase.reason);
    case 'rolled-back':
    case 'refused':
      return failed(phase.reason);
    case 'aborted':
      return aborted(deployment, phase.reason);
    case 'requested':
    case 'checking':
    case 'running':
    case 'held':
    case 'succeeded':
      return undefined;
  }
}

function failed(reason: string): string {
  return `*Why:* ${quoted(reason, 1500)}`;
}

function aborted({ abortRequestedBy }: Deployment, reason: string): string | undefined {
  const by = abortRequestedBy === undefined ? '' : ` by ${who(abortRequestedBy)}`;
  const why = reason.trim() === '' ? '' : ` ${quoted(reason, 1500)}`;
  return by === '' && why === '' ? undefined : `*Aborted*${by}${why === '' ? '.' : `:${why}`}`;
}

function blockedRegions({ restores }: Deployment): KnownBlock[] {
  const blocked = Object.entries(restores).flatMap(([region, restore]) =>
    restore.kind === 'blocked' ? [{ region, reason: restore.reason }] : [],
  );
  const told = blocked
    .slice(0, MOST_REGIONS)
    .map(({ region, reason }) =>
      section(
        `:warning: *Not confirmed in ${escaped(region)}:* ${sentence(quoted(reason, 800))} Forge tries again until it is; nobody has to press anything.`,
      ),
    );
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
