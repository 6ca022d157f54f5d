import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import { type Moved, movedRegions, shareOfNext, versionOn } from './colours.ts';
import { newVersion, who } from './deployment-words.ts';
import type { GateNews } from './gate-news.ts';
import { gateTitle } from './gates.ts';
import { isBaking, movesTraffic } from './promotion.ts';
import { escaped, moment, quotation } from './text.ts';
import { mentioned, type People, told } from './thread-words.ts';
import { returnTold } from './traffic.ts';

type Event<Type extends DeploymentEvent['type']> = Extract<DeploymentEvent, { type: Type }>;

/** Where the traffic of a region is now, read back. */
export function trafficLine(event: Event<'traffic-confirmed'>, deployment: Deployment): string | undefined {
  const moved = movedRegions(deployment).find(({ region }) => region === event.region);
  // One of an intent that another came after.
  if (moved === undefined || moved.traffic.generation !== event.generation) return undefined;
  const back = returnTold(moved, deployment);
  const where = whereIn(event.region, deployment);
  if (back !== undefined) return `:rewind: ${back}${where}. ${escaped(backVersion(moved))} has all traffic.`;
  const share = shareOfNext(event.split, moved.sides);
  return `${share} % of traffic goes to ${escaped(moved.sides.next.version)}${where}, confirmed by the load balancer.`;
}

function backVersion({ sides, traffic }: Moved): string {
  return shareOfNext(traffic.split, sides) === 0 ? sides.old.version : sides.next.version;
}

/** What the gates say that people should hear of before it has consequences. */
export function gatesLine(
  { region, step }: Event<'gates-read'>,
  deployment: Deployment,
  { failed, waits }: GateNews,
): string | undefined {
  const where = whereIn(region, deployment);
  const at = weightOf(step, deployment);
  const lines = [
    ...failed
      .slice(0, 5)
      .map((gate) => `:x: ${gateTitle(gate.gate)} outside the limit${at}${where}: ${told(gate.words, 400)}`),
    ...(waits === undefined ? [] : [`:hourglass: Promotion waits${at}${where}: ${told(waits, 600)}`]),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function weightOf(id: string, { plan }: Deployment): string {
  const step = plan.steps.find((one) => one.id === id);
  return step?.kind === 'bake' ? ` at ${step.weight} %` : '';
}

/** Who steered it, and what that means. */
export function steeringLine(
  event: Event<'paused' | 'unpaused' | 'skipped' | 'approved' | 'acknowledged'>,
  recorded: RecordedEvent,
  deployment: Deployment,
): string {
  const by = who(recorded.by);
  switch (event.type) {
    case 'paused':
      return `:double_vertical_bar: ${by} paused it: it does not go on to its next step. ${meanwhile(deployment)}${reason(recorded)}`;
    case 'unpaused':
      return `${by} resumed it${isBaking(deployment) ? '; the bake begins again' : ''}.`;
    case 'skipped':
      return `${by} ended the wait${weightOf(event.step, deployment)} early.${reason(recorded)}`;
    case 'approved':
      return `${by} let it go on${afterOf(event.step, deployment)}.`;
    case 'acknowledged':
      return `:eyes: ${by} is on it. Forge goes on trying and calls nobody again.`;
  }
}

function meanwhile(deployment: Deployment): string {
  return movesTraffic(deployment)
    ? 'Gates and automatic rollback stay on.'
    : 'A release that turns out bad is taken back all the same.';
}

function afterOf(id: string, { plan }: Deployment): string {
  const step = plan.steps.find((one) => one.id === id);
  return step?.kind === 'approve' ? ` after ${step.weight} %` : '';
}

function reason({ why }: RecordedEvent): string {
  return why === undefined || why.trim() === '' ? '' : `\n${quotation(why, 900)}`;
}

/** What people should know of the switch: that it is missing, or that it did its work. */
export function switchLine(
  event: Event<'switch-not-armed' | 'switch-fired'>,
  deployment: Deployment,
  people: People,
): string {
  const where = whereIn(event.region, deployment);
  if (event.type === 'switch-not-armed') {
    return `:warning: The dead-man switch is NOT armed${where}: ${told(event.reason, 600)} If Forge falls silent, traffic stays where it is.`;
  }
  const version = escaped(versionOn(deployment, event.region, event.to));
  return `:warning: ${mentioned(deployment, people)} Forge was silent for too long, and the dead-man switch moved traffic back to ${version}${where}.`;
}

/** Until when a rollback is instant, and that it is no longer; nothing once the release is on its way back or taken back. */
export function standbyLine(
  event: Event<'standby-kept' | 'standby-ended'>,
  { by }: RecordedEvent,
  deployment: Deployment,
): string | undefined {
  const where = whereIn(event.region, deployment);
  if (event.type === 'standby-kept') {
    // Its end was put off for a moment, and may be again and again: the message shows until when.
    if (by.kind === 'job' && by.run.startsWith('end-standby/')) return undefined;
    const version = escaped(versionOn(deployment, event.region, event.on));
    return `${version} stays warm${where} until ${moment(event.until)}: until then a rollback is instant.`;
  }
  const kept = deployment.standby[event.region];
  const isTakenBack = deployment.undoneBy !== undefined || deployment.phase.kind === 'rolling-back';
  if (kept === undefined || isTakenBack) return undefined;
  const version = escaped(versionOn(deployment, event.region, kept.on));
  const rollback = `A rollback from ${escaped(newVersion(deployment))}`;
  return event.reason === undefined
    ? `${version} is not kept warm any more${where}. ${rollback} now has to start its tasks first.`
    : `${version} is not kept warm any more${where}: ${told(event.reason, 300)} ${rollback} is no longer instant.`;
}

function whereIn(region: string, { plan }: Deployment): string {
  return Object.keys(plan.from).length > 1 ? ` in ${escaped(region)}` : '';
}
