import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { percentDone, secondsLeft } from '../src/domain/estimate.ts';
import type { Message, UnsupportedBlocks } from '../src/ports/chat.ts';
import { context, fields, header, section } from './blocks.ts';
import { deploymentButtons } from './deployment-buttons.ts';
import { checklist, classicChecklist, planBlock } from './deployment-checklist.ts';
import { headline, icon, isLive, previousVersion, trouble, who } from './deployment-words.ts';
import { capitalised, code, duration, escaped, moment, quoted, roughly } from './text.ts';

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
  unsupported: UnsupportedBlocks;
};

/**
 * The one message of a deployment: a pure function of its state, so that it is right whenever it is rendered.
 * Everything a person typed is escaped here.
 */
export function deploymentMessage(view: DeploymentView): Message {
  const { deployment, title } = view;
  const words = headline(deployment, { service: title });
  const line = `${icon(deployment)} ${words} (#${deployment.number})`;
  const blocks: KnownBlock[] = [
    header(line),
    fields(facts(deployment)),
    context(clock(view)),
    theChecklist(view),
    ...question(deployment),
    ...problem(deployment),
    ...undoing(view),
    ...deploymentButtons(view),
  ];
  return { text: escaped(line), blocks };
}

function facts(deployment: Deployment): [string, string][] {
  const { plan, why } = deployment;
  const commit = plan.to.commit === undefined ? '' : ` (${code(plan.to.commit.slice(0, 7))})`;
  const release = `${escaped(previousVersion(deployment))} → ${escaped(plan.to.version)}${commit}`;
  const strategy = deployment.undoes === undefined ? plan.strategy : `rollback of #${deployment.undoes}`;
  const pairs: [string, string][] = [
    ['Release', release],
    ['How', `${capitalised(strategy)}, ${Object.keys(plan.from).join(', ')}`],
    ['Asked by', `${who(deployment.requestedBy)}, ${moment(deployment.requestedAt)}`],
  ];
  if (why !== undefined) pairs.push(['Why', quoted(why, 500)]);
  return pairs;
}

/** Percent and time: machine time is estimated, waiting for people is not. */
function clock({ deployment, expected, now }: DeploymentView): string {
  const { phase, requestedAt, endedAt } = deployment;
  const took = duration(((endedAt ?? now) - requestedAt) / 1000);
  const percent = `${percentDone(deployment, expected)} %`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
    case 'running':
      return `${percent} · ${roughly(secondsLeft(deployment, expected, now))} of machine time left, nobody has to do anything · since ${took}`;
    case 'held':
      return `${percent} · waiting for a person until ${moment(phase.deadline)} · since ${took}`;
    case 'rolling-back':
      return `Stopped at ${percent} · putting ${escaped(previousVersion(deployment))} back · since ${took}`;
    case 'succeeded':
      return `100 % · took ${took} · done ${moment(endedAt ?? now)}`;
    case 'rolled-back':
    case 'aborted':
    case 'refused':
      return `Ended after ${took}, ${moment(endedAt ?? now)}`;
  }
}

function theChecklist({ deployment, now, unsupported }: DeploymentView): KnownBlock {
  const items = checklist(deployment, now);
  return unsupported.has('plan') || unsupported.has('task_card')
    ? classicChecklist(items)
    : planBlock(items, `Plan of #${deployment.number}`);
}

function question({ phase }: Deployment): KnownBlock[] {
  if (phase.kind !== 'held') return [];
  return [
    section(
      `:raised_hand: *${escaped(phase.question)}*\n${escaped(phase.resumeMeans)} ${escaped(phase.abortMeans)} If nobody answers by ${moment(phase.deadline)}, Forge aborts.`,
    ),
  ];
}

function problem(deployment: Deployment): KnownBlock[] {
  const reason = trouble(deployment);
  const blocks: KnownBlock[] = reason === undefined ? [] : [section(`*Why:* ${reason}`)];
  for (const [region, restore] of Object.entries(deployment.restores)) {
    if (restore.kind !== 'blocked') continue;
    blocks.push(
      section(
        `:warning: *Not confirmed in ${region}:* ${quoted(restore.reason, 800)}. Forge tries again until it is; nobody has to press anything.`,
      ),
    );
  }
  return blocks;
}

function undoing(view: DeploymentView): KnownBlock[] {
  const { deployment, undoSeconds } = view;
  const before = escaped(previousVersion(deployment));
  if (!isFinished(deployment)) {
    if (deployment.phase.kind === 'rolling-back') return [];
    return [context(`Can be undone: abort puts ${before} back, ${roughly(undoSeconds)}.`)];
  }
  if (deployment.undoingBy !== undefined) {
    return [context(`#${deployment.undoingBy} is taking this back now.`)];
  }
  if (!isLive(deployment) || deployment.undoes !== undefined) return [];
  return [context(`Can be undone: putting ${before} back takes ${roughly(undoSeconds)}.`)];
}
