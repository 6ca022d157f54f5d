import type { Deployment, TrafficState } from '../src/domain/deployment.ts';
import { hasColours, movedRegions } from './colours.ts';
import { newVersion, previousVersion, shownVersion } from './deployment-words.ts';
import { clockTime, escaped, moment } from './text.ts';
import { splitTold } from './traffic.ts';

/**
 * What serves people while a question is open, as far as Forge knows, as a sentence: whoever answers must know it. Between
 * the two releases only AWS can tell, and Forge does not claim to.
 */
export function liveNow(deployment: Deployment): string {
  return hasColours(deployment) ? splitNow(deployment) : releaseNow(deployment);
}

/** Of services in colours traffic tells, not what has been started. */
function splitNow(deployment: Deployment): string {
  const moved = movedRegions(deployment);
  if (moved.length === 0)
    return `*Live now:* ${escaped(previousVersion(deployment))}. No traffic has been moved.`;
  const isOne = Object.keys(deployment.plan.from).length === 1;
  const told = moved.map(
    (one) => `${splitTold(one)}${isOne ? '' : ` in ${escaped(one.region)}`}${confirmedTold(one.traffic)}`,
  );
  return `*Live now:* ${told.join('; ')}.`;
}

function confirmedTold({ confirmedAt }: TrafficState): string {
  return confirmedAt === undefined ? ' (not confirmed)' : `, confirmed ${clockTime(confirmedAt)}`;
}

function releaseNow(deployment: Deployment): string {
  const regions = Object.keys(deployment.plan.from);
  const all = regions.map((region) => regionNow(region, deployment));
  const [first] = all;
  const isSame = all.every(({ kind }) => kind === first?.kind);
  const isUnsure = all.some(({ kind }) => kind === 'between');
  const versions = isSame
    ? versionOf(first, deployment)
    : all
        .map(
          (now, index) => `${versionOf(now, deployment, regions[index])} in ${escaped(regions[index] ?? '')}`,
        )
        .join(', ');
  if (isUnsure)
    return `*Live now:* ${versions}: Forge was between the two. \`/forge status\` shows what AWS says.`;
  const since = Math.max(...all.map(({ at }) => at ?? 0));
  if (since > 0) return `*Live now:* ${versions}, since ${moment(since)}.`;
  return `*Live now:* ${versions}. Nothing has been changed.`;
}

type Now = { kind: 'before' | 'between' | 'after'; at?: number };

function regionNow(region: string, { plan, steps }: Deployment): Now {
  const changing = plan.steps.find(
    (step) => step.region === region && (step.kind === 'start' || step.kind === 'restore'),
  );
  const state = changing === undefined ? undefined : steps[changing.id];
  if (state === undefined) return { kind: 'before' };
  return state.kind === 'finished' ? { kind: 'after', at: state.endedAt } : { kind: 'between' };
}

function versionOf(now: Now | undefined, deployment: Deployment, region = ''): string {
  const live = deployment.plan.from[region];
  const before = escaped(live === undefined ? previousVersion(deployment) : shownVersion(live.version));
  const after = escaped(newVersion(deployment));
  switch (now?.kind) {
    case 'after':
      return after;
    case 'between':
      return `either ${before} or ${after}`;
    case 'before':
    case undefined:
      return before;
  }
}
