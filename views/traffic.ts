import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { section } from './blocks.ts';
import { type Moved, movedRegions, shareOfNext } from './colours.ts';
import { isLive } from './deployment-words.ts';
import { clockTime, escaped, moment, preciseDuration } from './text.ts';

/** Regions whose traffic is drawn; more are counted. */
const MOST_REGIONS = 6;
const BAR_LENGTH = 10;

/** Where the traffic of each region goes, in words and as a bar; nothing where none was moved, or where it has moved on since. */
export function trafficBlocks(deployment: Deployment): KnownBlock[] {
  const isPast = deployment.phase.kind === 'succeeded' && !isLive(deployment);
  const moved = isPast ? [] : movedRegions(deployment);
  if (moved.length === 0) return [];
  const all = Object.keys(deployment.plan.from);
  const lines = moved.slice(0, MOST_REGIONS).map((one) => trafficLine(one, deployment, all.length));
  const left = moved.length - lines.length;
  const notYet =
    isFinished(deployment) || deployment.phase.kind === 'rolling-back' ? [] : untouched(deployment, all);
  return [
    section(
      [
        '*Traffic*',
        ...lines,
        ...(left > 0 ? [`and ${left} more ${left === 1 ? 'region' : 'regions'}`] : []),
        ...notYet,
      ].join('\n'),
    ),
  ];
}

function untouched(deployment: Deployment, all: readonly string[]): string[] {
  const regions = all.filter((region) => deployment.traffic[region] === undefined);
  if (regions.length === 0) return [];
  return [`Not moved yet: ${regions.map((region) => escaped(region)).join(', ')}`];
}

function trafficLine({ region, sides, traffic }: Moved, deployment: Deployment, regions: number): string {
  const where = regions > 1 ? `${escaped(region)}: ` : '';
  const next = escaped(sides.next.version);
  const old = escaped(sides.old.version);
  if (traffic.confirmedAt === undefined) {
    const was = shareOfNext(traffic.before, sides);
    const to = shareOfNext(traffic.split, sides);
    return `${where}${next} ${bar(was)} ${was} %, moving to ${to} % …`;
  }
  const share = shareOfNext(traffic.split, sides);
  const took = returnTold({ region, sides, traffic }, deployment);
  if (took !== undefined) return `${where}*${took}*  ·  ${backOn({ region, sides, traffic })}`;
  // Of what ended long ago the time of day alone would say nothing.
  const at = isFinished(deployment) ? moment : clockTime;
  return `${where}${next} ${bar(share)} ${share} %  ·  ${old} ${100 - share} %, confirmed ${at(traffic.confirmedAt)}`;
}

/** The release that has the traffic again. */
function backOn({ sides, traffic }: Moved): string {
  const share = shareOfNext(traffic.split, sides);
  const version = share === 0 ? sides.old.version : sides.next.version;
  return `${escaped(version)} ${bar(100)} 100 %`;
}

/**
 * `0 % on v1.1.0, confirmed 3.1 s after the click`, in markup; undefined unless all traffic was moved back and read back
 * from the load balancer.
 */
export function returnTold({ sides, traffic }: Moved, deployment: Deployment): string | undefined {
  if (traffic.took === undefined || traffic.confirmedAt === undefined) return undefined;
  const share = shareOfNext(traffic.split, sides);
  if (share !== 0 && share !== 100) return undefined;
  const left = share === 0 ? sides.next.version : sides.old.version;
  return `0 % on ${escaped(left)}, confirmed ${preciseDuration(traffic.took)} after ${sinceWhat(deployment)}`;
}

function sinceWhat({ abortRequestedBy, undoes, requestedBy, phase }: Deployment): string {
  const isBack = phase.kind === 'rolling-back' || isFinishedBack(phase.kind);
  const actor = isBack || undoes === undefined ? abortRequestedBy : requestedBy;
  return actor?.kind === 'person' ? 'the click' : 'Forge decided it';
}

function isFinishedBack(kind: Deployment['phase']['kind']): boolean {
  return kind === 'rolled-back' || kind === 'aborted' || kind === 'left';
}

/** Never empty while there is some traffic, never full while there is some elsewhere. */
export function bar(percent: number): string {
  const rounded = Math.round((percent / 100) * BAR_LENGTH);
  const least = percent > 0 ? 1 : 0;
  const most = percent < 100 ? BAR_LENGTH - 1 : BAR_LENGTH;
  const filled = Math.min(most, Math.max(least, rounded));
  return '▓'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled);
}

/** `25 % on v1.1.0 and 75 % on v1.0.0`, in markup; while it is being moved only the load balancer knows. */
export function splitTold({ sides, traffic }: Omit<Moved, 'region'>): string {
  const next = escaped(sides.next.version);
  const old = escaped(sides.old.version);
  const share = shareOfNext(traffic.split, sides);
  if (traffic.confirmedAt === undefined) {
    const was = shareOfNext(traffic.before, sides);
    return `between ${was} % and ${share} % on ${next}, the rest on ${old}`;
  }
  if (share === 0) return old;
  return share === 100 ? next : `${share} % on ${next} and ${100 - share} % on ${old}`;
}
