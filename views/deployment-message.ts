import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import { regionsOf } from '../src/domain/plan.ts';
import type { Message, UnsupportedBlocks } from '../src/ports/chat.ts';
import { approvalBlocks } from './approval.ts';
import { heldBecause } from './automatic-hold.ts';
import { context, fields, header, section, textLength } from './blocks.ts';
import { classicChecklist, planBlock } from './checklist-blocks.ts';
import { checkBlocks } from './checks.ts';
import { type Delay, delayTold } from './delay.ts';
import { deploymentButtons } from './deployment-buttons.ts';
import { checklist } from './deployment-checklist.ts';
import { clockWords } from './deployment-clock.ts';
import { headline, icon } from './deployment-headline.ts';
import { deploymentTrouble } from './deployment-trouble.ts';
import { isAborting, newVersion, previousVersion, safeAnswer, who } from './deployment-words.ts';
import { gateBlocks } from './gates.ts';
import { LIMITS } from './limits.ts';
import { liveNow } from './live-now.ts';
import { ownerBlocks } from './owner-question.ts';
import { switchBlocks, waitingBlocks } from './promotion.ts';
import { emergencyBlocks } from './review.ts';
import { capitalised, code, escaped, moment, quotation, quoted, sentence, shortened } from './text.ts';
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
  /** Who may press what. */
  people: PeoplePolicy;
  /** Forge can open the pull request that takes a change back. */
  canRevert?: boolean;
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
    context(clockWords(view)),
    ...delayed(view),
    ...detour(view),
    ...trafficBlocks(deployment),
    ...waitingBlocks(deployment, { most: detailLength }),
    ...theChecklist(view, detailLength),
    ...gateBlocks(deployment, { most: detailLength }),
    ...emergencyBlocks(deployment),
    ...ownerBlocks(deployment),
    ...approvalBlocks(deployment, view),
    ...checkBlocks(deployment),
    ...question(deployment),
    ...deploymentTrouble(deployment),
    ...switchBlocks(deployment),
    ...undoBlocks(view),
    ...heldBecause(deployment),
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
  const { plan, undoes, startAt } = deployment;
  const release = `${escaped(previousVersion(deployment))} → ${escaped(newVersion(deployment))}${commit(deployment)}`;
  const how = undoes === undefined ? plan.strategy : `rollback of #${undoes}`;
  return [
    ['Release', release],
    ['How', escaped(`${capitalised(how)}, ${regionsOf(plan).join(' then ')}`)],
    ['Asked by', `${who(deployment.requestedBy)}, ${moment(deployment.requestedAt)}`],
    ...(startAt === undefined ? [] : [['Scheduled for', moment(startAt)] satisfies [string, string]]),
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
