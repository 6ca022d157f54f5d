import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { goAheadsLeft, percentDone, secondsLeft } from '../src/domain/estimate.ts';
import { regionsOf } from '../src/domain/plan.ts';
import type { Message, UnsupportedBlocks } from '../src/ports/chat.ts';
import { context, fields, header, section, textLength } from './blocks.ts';
import { classicChecklist, planBlock } from './checklist-blocks.ts';
import { type Delay, delayTold } from './delay.ts';
import { deploymentButtons } from './deployment-buttons.ts';
import { checklist } from './deployment-checklist.ts';
import { deploymentTrouble } from './deployment-trouble.ts';
import {
  headline,
  icon,
  isAborting,
  newVersion,
  previousVersion,
  releaseBefore,
  safeAnswer,
  who,
} from './deployment-words.ts';
import { gateBlocks } from './gates.ts';
import { LIMITS } from './limits.ts';
import { liveNow } from './live-now.ts';
import { switchBlocks, waitingBlocks } from './promotion.ts';
import {
  capitalised,
  code,
  duration,
  escaped,
  moment,
  quotation,
  quoted,
  roughly,
  sentence,
  shortened,
} from './text.ts';
import { trafficBlocks } from './traffic.ts';
import { undoBlocks } from './undoing.ts';

export type DeploymentView = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
  /** Seconds each step is expected to take, by step id. */
  expected: Record<string, number>;
  /** Seconds a rollback of it is expected to take. */
  undoSeconds: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** Slack user ids who may end a bake early. */
  approvers: readonly string[];
  unsupported: UnsupportedBlocks;
  /** Why the message may not be as fresh as people expect. */
  delay?: Delay;
  /** The channel that did not take the message, where it is shown elsewhere instead. */
  insteadOf?: string;
};

/** Characters of a checklist's detail, and what they shrink to when the whole would be too much text for Slack. */
const DETAIL_LENGTHS = [700, 250, 60];

/**
 * The one message of a deployment: a pure function of its state, so that it is right whenever it is rendered.
 * Everything a person typed is escaped here.
 */
export function deploymentMessage(view: DeploymentView): Message {
  const { deployment, title } = view;
  const line = firstLine(deployment, title);
  const candidates = DETAIL_LENGTHS.map((most) => blocksOf(view, line, most));
  const fitting = candidates.find((blocks) => textLength(blocks) <= LIMITS.messageBlocksText);
  return { text: escaped(line), blocks: fitting ?? candidates.at(-1) ?? [] };
}

/** The number is never cut off: it is what people type. */
function firstLine(deployment: Deployment, title: string): string {
  const picture = icon(deployment);
  const number = `(#${deployment.number})`;
  const room = LIMITS.header - picture.length - number.length - 2;
  return `${picture} ${shortened(headline(deployment, { service: title }), room)} ${number}`;
}

function blocksOf(view: DeploymentView, line: string, detailLength: number): KnownBlock[] {
  const { deployment } = view;
  return [
    header(line),
    fields(facts(deployment)),
    ...reason(deployment),
    context(clock(view)),
    ...delayed(view),
    ...detour(view),
    ...trafficBlocks(deployment),
    ...waitingBlocks(deployment, { most: detailLength }),
    ...theChecklist(view, detailLength),
    ...gateBlocks(deployment, { most: detailLength }),
    ...question(deployment),
    ...deploymentTrouble(deployment),
    ...switchBlocks(deployment),
    ...undoBlocks(view),
    ...deploymentButtons(view),
  ];
}

function delayed({ deployment, delay, now }: DeploymentView): KnownBlock[] {
  return delay === undefined ? [] : [context(delayTold(delay, { number: deployment.number, now }))];
}

/** Why a person gets as a direct message what belongs into a channel, and what mends that. */
function detour({ insteadOf }: DeploymentView): KnownBlock[] {
  if (insteadOf === undefined) return [];
  return [
    context(
      `Only you see this: Forge is not in <#${insteadOf}>, or cannot write there. Type \`/invite @Forge\` in it, and the next deployment is shown to everybody.`,
    ),
  ];
}

function facts(deployment: Deployment): [string, string][] {
  const { plan, undoes } = deployment;
  const release = `${escaped(previousVersion(deployment))} → ${escaped(newVersion(deployment))}${commit(deployment)}`;
  const how = undoes === undefined ? plan.strategy : `rollback of #${undoes}`;
  return [
    ['Release', release],
    ['How', escaped(`${capitalised(how)}, ${regionsOf(plan).join(' then ')}`)],
    ['Asked by', `${who(deployment.requestedBy)}, ${moment(deployment.requestedAt)}`],
  ];
}

/** Why the person asked for it, over the whole width: long words break badly in two columns. */
function reason({ why }: Deployment): KnownBlock[] {
  return why === undefined || why.trim() === '' ? [] : [section(`*Why*\n${quotation(why, 500)}`)];
}

/** The commit where the version does not name it already. */
function commit({ plan }: Deployment): string {
  const short = plan.to.commit?.slice(0, 7);
  return short === undefined || plan.to.version.startsWith(short) ? '' : ` (${code(short)})`;
}

/** Percent and time: machine time is estimated, waiting for people is not. */
function clock({ deployment, expected, now }: DeploymentView): string {
  const { phase, requestedAt, endedAt } = deployment;
  const took = duration(((endedAt ?? now) - requestedAt) / 1000);
  const percent = `${percentDone(deployment, expected)} %`;
  const left = timeLeft({ deployment, expected, now });
  if (isAborting(deployment)) return `Stopping at ${percent} · asked ${took} ago`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
      return `Nothing is changed yet · ${left} · asked ${took} ago`;
    case 'running':
      return `${percent} · ${deployment.paused === undefined ? '' : 'paused by a person · '}${left} · asked ${took} ago`;
    case 'held':
      return `${percent} · waiting for a person until ${moment(phase.deadline)} · asked ${took} ago`;
    case 'rolling-back':
      return `Stopped at ${percent} · putting ${escaped(releaseBefore(deployment))} back · asked ${took} ago`;
    case 'succeeded':
      return `100 % · took ${took} · done ${moment(endedAt ?? now)}`;
    case 'rolled-back':
    case 'aborted':
    case 'left':
    case 'refused':
      return `Ended after ${took}, ${moment(endedAt ?? now)}`;
  }
}

/** Where people are waited for, how long they take is not part of it. */
function timeLeft({
  deployment,
  expected,
  now,
}: Pick<DeploymentView, 'deployment' | 'expected' | 'now'>): string {
  const machine = `${roughly(secondsLeft(deployment, expected, now))} of machine time left`;
  const asked = goAheadsLeft(deployment);
  if (deployment.paused !== undefined) return `${machine} once it is resumed`;
  if (asked > 0) return `${machine}, and ${asked === 1 ? 'one go-ahead' : `${asked} go-aheads`} by a person`;
  return `${machine}, nobody has to do anything`;
}

function theChecklist({ deployment, now, unsupported }: DeploymentView, detailLength: number): KnownBlock[] {
  const items = checklist(deployment, now);
  return unsupported.has('plan') || unsupported.has('task_card')
    ? classicChecklist(items, { most: Math.min(300, detailLength) })
    : [planBlock(items, { title: `Plan of #${deployment.number}`, most: detailLength })];
}

function question(deployment: Deployment): KnownBlock[] {
  const { phase } = deployment;
  if (phase.kind !== 'held' || isAborting(deployment)) return [];
  const { resumeMeans, doneMeans = '', abortMeans } = phase;
  const means = [resumeMeans, doneMeans, abortMeans].filter((text) => text !== '');
  const told = means.map((text) => `• ${sentence(quoted(text, 400))}`);
  const lines = [
    `:raised_hand: *${quoted(phase.question, 1200)}*`,
    liveNow(deployment),
    ...told,
    `• If nobody answers by ${moment(phase.deadline)}, ${safeAnswer(phase, deployment)}.`,
  ];
  return [section(lines.join('\n'))];
}
