import type { ApprovalStanding } from '../../src/domain/approval-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { LOOK_AGAIN } from '../../src/domain/schedule.ts';
import type { StartProblem } from '../../src/domain/schedule-event.ts';
import type { CheckFailed, CheckResult } from '../check-plan.ts';
import { type Deed, tell } from './act.ts';
import type { Replanned } from './replan.ts';
import type { Situation } from './situation.ts';
import { waitForTime } from './wait.ts';

/** What follows from what was found at AWS and in the registry. */
export type Next =
  | Deed
  | { kind: 'refuse'; reason: string }
  /** Its owner decides what is done about it. */
  | { kind: 'ask-about'; problem: StartProblem }
  /** It waits on as it does. */
  | { kind: 'nothing' }
  | { kind: 'start'; checked: Extract<CheckResult, { kind: 'passed' }> };

export function afterLook(situation: Situation, checked: CheckResult): Next | { kind: 'plan-anew' } {
  const { standing, start, isPatient, isOutdated } = situation;
  if (checked.kind === 'failed') return failed(checked, situation);
  if (checked.kind === 'drifted' && !isPatient) return { kind: 'refuse', reason: checked.reason };
  if (checked.kind === 'drifted' || isOutdated) return { kind: 'plan-anew' };
  if (isMended(situation)) return tell('mended', { type: 'owner-not-needed' });
  if (standing.kind === 'to-ask') return tell('ask', approvalAsked(standing, situation));
  if (standing.kind === 'open') return { kind: 'nothing' };
  if (start.kind !== 'may') return waitForTime(start, situation);
  return { kind: 'start', checked };
}

/** What people approved may not be what would happen: they are shown the difference and asked again. */
export function afterPlanning(situation: Situation, replanned: Replanned): Next {
  if (replanned.kind === 'failed') return failed(replanned, situation);
  const { plan, standing, isSame } = replanned;
  // What had changed is as before again: the next look finds that.
  if (isSame && standing.kind !== 'to-ask') return { kind: 'nothing' };
  const mended: DeploymentEvent[] = isMended(situation) ? [{ type: 'owner-not-needed' }] : [];
  const asked = standing.kind === 'to-ask' ? [approvalAsked(standing, situation)] : [];
  return tell('ask anew', ...mended, { type: 'replanned', plan }, ...asked);
}

/** Whoever scheduled it is not there: they may mend it, set another time or cancel it. */
function failed({ about, problem, remedy }: CheckFailed, { isScheduled }: Situation): Next {
  if (!isScheduled) return { kind: 'refuse', reason: sentences(problem, 'Nothing was changed.', remedy) };
  const says = sentences('It cannot start as it is:', problem, remedy);
  return { kind: 'ask-about', problem: { about, says } };
}

function sentences(...words: (string | undefined)[]): string {
  return words.filter((one) => one !== undefined).join(' ');
}

/** Its owner was asked about what was in the way, and is no more. */
function isMended({ owner }: Situation): boolean {
  return owner.kind === 'open' && owner.isProblem;
}

/** Asks the people who must approve it, and those who may consent to its time where that needs them; votes on anything before are void. */
function approvalAsked(
  { round, digest, policy, needs, changes }: Extract<ApprovalStanding, { kind: 'to-ask' }>,
  { excluded, now, within, start, lookAt }: Situation,
): DeploymentEvent {
  return {
    ...{ type: 'approval-asked', round, digest, needs, changes, policy },
    // Whoever approves what is scheduled has until it is to start.
    ...{ excluded, deadline: Math.max(now + within, lookAt === null ? 0 : lookAt + LOOK_AGAIN) },
    ...(start.kind === 'needs-consent' ? { consent: start.why } : {}),
  };
}
