import { zoneOf } from './calendar/window.ts';
import type { Deployment } from './deployment.ts';
import type { DeploymentEvent } from './events.ts';
import type { Plan, Step } from './plan.ts';
import type { RegionWait } from './promotion-event.ts';
import { decideStart, isHeldUp, type StartDecision, type StartQuestion } from './start-times.ts';

/** What windows, freezes and locks mean for a deployment that is under way, in one region of it. */
export type RegionTimes =
  /** `despite`: what only its emergency passes over, in sentences. */
  | { kind: 'open'; despite: readonly string[] }
  /** `lookAgainAt` as a `StartDecision` has it. */
  | { kind: 'hold'; wait: RegionWait; lookAgainAt?: number }
  /** Policy has it put back; the reason is for people, as the end of a sentence. */
  | { kind: 'roll-back'; reason: string };

/** What people are told of that. */
export type TimesEvent = Extract<
  DeploymentEvent,
  { type: 'region-waiting' | 'region-goes-on' | 'passed-over' }
>;

const OPEN: RegionTimes = { kind: 'open', despite: [] };

/** Whether a step is the first one of a region that others come before. */
export function beginsLaterRegion({ steps }: Plan, { id, region }: Pick<Step, 'id' | 'region'>): boolean {
  const [first] = steps;
  return first?.region !== region && steps.find((step) => step.region === region)?.id === id;
}

/** Whether it may begin in a later region, on the same terms as it began in its first. */
export function timesToBegin(question: StartQuestion, region: string): RegionTimes {
  // Nobody asks for how long it may: that would be looked for far ahead.
  if (!question.isEmergency && !isHeldUp(question, region)) return OPEN;
  const decision = decideStart(question, region);
  if (decision.kind !== 'may') return heldBy(decision, region);
  return { kind: 'open', despite: decision.despite.map(({ why }) => why) };
}

/** Whether it may go on in a region where it has begun. What others lock meanwhile does not stop it. */
export function timesToGoOn(question: StartQuestion, region: string): RegionTimes {
  const { window, place } = question;
  if (window === undefined || window.whenItCloses === 'finish-region') return OPEN;
  const unlocked = { ...question, locks: [] };
  const decision = isHeldUp(unlocked, region) ? decideStart(unlocked, region) : undefined;
  if (decision === undefined || decision.kind === 'may') return OPEN;
  if (window.whenItCloses === 'hold') return heldBy(decision, region);
  const what =
    decision.kind === 'must-wait' && decision.for === 'freeze'
      ? `a freeze began while it was under way in ${region}`
      : `the window of ${place.environment} closed while it was under way in ${region} (by the clock of ${zoneOf(window, region)})`;
  return { kind: 'roll-back', reason: `${what}, and policy has such a deployment put back.` };
}

/** The events that bring what people were told up to date; none where they know. */
export function timesTold(deployment: Deployment, times: RegionTimes): TimesEvent[] {
  const { emergency, passedOver } = deployment;
  const told = waitsInRegion(deployment);
  if (times.kind === 'hold') {
    return isSame(told, times.wait) ? [] : [{ type: 'region-waiting', ...times.wait }];
  }
  const over: TimesEvent[] = told === undefined ? [] : [{ type: 'region-goes-on', region: told.region }];
  if (emergency === undefined || times.kind !== 'open') return over;
  const passed = new Set([...(told === undefined ? [] : [told.why]), ...times.despite]);
  const what = [...passed].filter((why) => !passedOver.includes(why));
  return what.length === 0 ? over : [...over, { type: 'passed-over', what }];
}

/** What a deployment waits for in one of its regions now; nothing once it is being stopped or has ended. */
export function waitsInRegion({ phase, regionWait, abortRequestedBy }: Deployment): RegionWait | undefined {
  const isUnderWay = phase.kind === 'running' || phase.kind === 'held';
  return isUnderWay && abortRequestedBy === undefined ? regionWait : undefined;
}

type Wait = Exclude<StartDecision, { kind: 'may' }>;

function heldBy(decision: Wait, region: string): RegionTimes {
  const hold = { kind: 'hold', wait: waitOf(decision, region) } as const;
  if (decision.kind === 'needs-consent' || decision.lookAgainAt === undefined) return hold;
  return { ...hold, lookAgainAt: decision.lookAgainAt };
}

function waitOf(decision: Wait, region: string): RegionWait {
  const { why, until } = decision;
  const what = decision.kind === 'needs-consent' ? 'consent' : decision.for;
  return { region, for: what, why, ...(until === undefined ? {} : { until }) };
}

function isSame(told: RegionWait | undefined, wait: RegionWait): boolean {
  return (
    told?.region === wait.region &&
    told.for === wait.for &&
    told.why === wait.why &&
    told.until === wait.until
  );
}
