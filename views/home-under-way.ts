import type { KnownBlock } from '@slack/types';
import { openNeeds } from '../src/domain/approval.ts';
import { type Deployment, isBlocked } from '../src/domain/deployment.ts';
import { personWaitedFor } from '../src/domain/failed-before-start.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { needsWords } from './approval-words.ts';
import { context, header, section } from './blocks.ts';
import { headline, icon } from './deployment-headline.ts';
import { isAborting, who } from './deployment-words.ts';
import { regionWaitTold } from './promotion.ts';
import { escaped, moment } from './text.ts';
import { waitWords } from './waits.ts';

const MOST_RUNNING = 10;
const MOST_WAITING = 8;
/** Characters. */
const LONGEST_WHY = 500;

type UnderWay = {
  underWay: readonly Deployment[];
  /** Numbers of those that are told in another part while they wait. */
  apart: ReadonlySet<number>;
  titleOf: (service: string) => string;
};

/** What runs, the questions first, then what waits for people or for its time. */
export function underWayBlocks({ underWay, apart, titleOf }: UnderWay): KnownBlock[] {
  const running = underWay.filter((one) => !isWaiting(one));
  const waiting = underWay.filter((one) => isWaiting(one) && !apart.has(one.number));
  const inNeed = running.filter(needsPeople);
  const others = running.filter((one) => !needsPeople(one));
  const told = (deployment: Deployment) => section(line(deployment, titleOf(deployment.service)));
  return [
    ...listed('Running', [...inNeed, ...others].map(told), MOST_RUNNING),
    ...listed('Waiting', waiting.map(told), MOST_WAITING),
  ];
}

function listed(title: string, lines: readonly KnownBlock[], most: number): KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return [
    header(title),
    ...lines.slice(0, most),
    ...(more > 0 ? [context(`${more} more: \`/forge status\` shows them.`)] : []),
  ];
}

function isWaiting(deployment: Deployment): boolean {
  const { kind } = deployment.phase;
  return (kind === 'awaiting-approval' || kind === 'waiting') && !isAborting(deployment);
}

function needsPeople(deployment: Deployment): boolean {
  const isAsked = deployment.phase.kind === 'held' || personWaitedFor(deployment) !== undefined;
  return isAsked || isBlocked(deployment);
}

function line(deployment: Deployment, title: string): string {
  const { number, requestedBy, channel } = deployment;
  const what = `${icon(deployment)} *#${number}* ${escaped(headline(deployment, { service: title }))}`;
  const rest = `Asked by ${who(requestedBy)}; its message is in <#${channel}>.`;
  return [what, ...waitsFor(deployment), rest].join('\n');
}

function waitsFor(deployment: Deployment): string[] {
  const { phase, approval } = deployment;
  if (isAborting(deployment)) return [];
  if (phase.kind === 'waiting') return [waitWords(phase, deployment, { most: LONGEST_WHY })];
  if (phase.kind === 'awaiting-approval' && approval !== undefined) {
    const open = needsWords(openNeeds(approval.needs, approval.votes));
    return [`Still missing: the approval of ${open}, by ${moment(approval.deadline)}.`];
  }
  if (phase.kind === 'held') return [`Needs an answer by ${moment(phase.deadline)}.`];
  const until = personWaitedFor(deployment);
  if (until !== undefined) return [`Needs somebody to do something about it by ${moment(until)}.`];
  const wait = waitsInRegion(deployment);
  return wait === undefined ? [] : [regionWaitTold(wait, deployment, { most: LONGEST_WHY })];
}
