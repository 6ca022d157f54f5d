import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { failedCheck } from '../src/domain/failed-before-start.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import type { Message } from '../src/ports/chat.ts';
import { actions, button, context, section } from './blocks.ts';
import { movedRegions, shareOfNext } from './colours.ts';
import { isLive, isTouched, newVersion, placeOf, previousVersion, who } from './deployment-words.ts';
import { duration, escaped, moment, quoted } from './text.ts';
import { instantUntil } from './undoing.ts';
import { waitsWhere } from './waits.ts';

export type HistoryRow = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
};

export type HistoryPage = {
  rows: readonly HistoryRow[];
  filter: { service?: string; environment?: string };
  /** Number to go on before; absent on the last page. */
  next?: number;
  /** Milliseconds since the epoch. */
  now: number;
};

/** A page of deployments, newest first; each row opens its deployment. */
export function historyMessage(page: HistoryPage): Message {
  const { service, environment } = page.filter;
  const of = service === undefined ? '' : ` of ${quoted(service, 100)}`;
  const where = environment === undefined ? '' : ` in ${quoted(environment, 100)}`;
  const title = `Deployments${of}${where}`;
  if (page.rows.length === 0) {
    const text = `${title}: there are none yet. \`/forge deploy\` makes the first.`;
    return { text, blocks: [section(text)] };
  }
  const blocks: KnownBlock[] = [
    section(`*${title}*, newest first`),
    ...page.rows.map((one) => row(one, page.now)),
  ];
  if (page.next === undefined) blocks.push(context('That is all.'));
  else {
    const value = { ...page.filter, before: page.next };
    blocks.push(actions([button({ command: 'history', text: 'Older', value })]));
  }
  return { text: title, blocks };
}

function row({ deployment, title }: HistoryRow, now: number): KnownBlock {
  const { number, undoes, requestedBy, requestedAt, emergency } = deployment;
  const took = tookTold(deployment);
  const version = escaped(newVersion(deployment));
  const what = undoes === undefined ? version : `back to ${version} (rollback of #${undoes})`;
  const place = escaped(placeOf(deployment, title));
  const urgent = emergency === undefined ? '' : ':rotating_light: Emergency, ';
  const text = `*#${number}* ${what} → ${place}: ${urgent}${escaped(becameOf(deployment))}${untilWhen(deployment, now)}\nasked by ${who(requestedBy)}, ${moment(requestedAt)}${took}`;
  const show = button({ command: 'status', text: 'Show', value: { deployment: number } });
  return { ...section(text), accessory: show };
}

/** How long it took; one that never started took no time. */
function tookTold({ startedAt, endedAt }: Deployment): string {
  if (startedAt === undefined || endedAt === undefined) return '';
  return `, took ${duration((endedAt - startedAt) / 1000)}`;
}

/** How long a rollback is instant. */
function untilWhen(deployment: Deployment, now: number): string {
  const canUndo = isLive(deployment) && deployment.undoes === undefined;
  const until = canUndo ? instantUntil(deployment, now) : undefined;
  return until === undefined ? '' : `, rollback instant until ${moment(until)}`;
}

/** How much of the traffic it has, where that is the same in all its regions; in plain text. */
function shareTold(deployment: Deployment): string {
  const shares = movedRegions(deployment).map(({ traffic, sides }) =>
    traffic.confirmedAt === undefined ? undefined : shareOfNext(traffic.split, sides),
  );
  const [share] = shares;
  const isOne = shares.length === Object.keys(deployment.plan.from).length && new Set(shares).size === 1;
  return share === undefined || !isOne ? '' : `, ${share} % of traffic`;
}

/** What became of it, in plain text. */
function becameOf(deployment: Deployment): string {
  const { phase, undoneBy, undoingBy, replacedBy } = deployment;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return failedCheck(deployment) === undefined ? 'being checked' : 'a check failed';
    case 'building':
      return deployment.build?.state === 'failed' ? 'its image was not made' : 'its image is being made';
    case 'awaiting-approval':
      return 'waiting for approval';
    case 'waiting':
      return 'waiting to start';
    case 'running':
      return `${underWay(deployment)}${shareTold(deployment)}`;
    case 'held':
      return 'waiting for an answer';
    case 'rolling-back':
      return `${previousVersion(deployment)} is being put back`;
    case 'succeeded':
      if (undoneBy !== undefined) return `undone by #${undoneBy}`;
      if (replacedBy !== undefined) return `replaced by #${replacedBy}`;
      if (undoingBy !== undefined) return `live now, #${undoingBy} is taking it back`;
      return deployment.undoes === undefined ? 'live now' : 'succeeded';
    case 'rolled-back':
      return `failed, ${stays(deployment)}`;
    case 'aborted':
      return `aborted, ${stays(deployment)}`;
    case 'left':
      return 'left as it was, outside Forge';
    case 'refused':
      return 'not started, nothing was changed';
    case 'superseded':
      return `not started, ${phase.by === undefined ? 'something newer' : `#${phase.by}`} took its place`;
    case 'rejected':
      return 'rejected, nothing was changed';
    case 'expired':
      return `not ${deployment.ownerAsked === undefined && deployment.approval !== undefined ? 'approved' : 'started'} in time, nothing was changed`;
  }
}

function underWay(deployment: Deployment): string {
  if (deployment.paused !== undefined) return 'paused';
  const wait = waitsInRegion(deployment);
  return wait === undefined ? 'under way' : `waiting ${waitsWhere(wait, deployment)}`;
}

function stays(deployment: Deployment): string {
  return `${previousVersion(deployment)} ${isTouched(deployment) ? 'is back' : 'stays'}`;
}
