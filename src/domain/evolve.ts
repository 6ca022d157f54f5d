import type { Deployment } from './deployment.ts';
import type { DeploymentEvent, RecordedEvent } from './events.ts';
import { approvalChanged, withoutEmergency } from './evolve-approval.ts';
import { buildChanged } from './evolve-build.ts';
import { checksChanged } from './evolve-checks.ts';
import { ended } from './evolve-ending.ts';
import { promotionChanged } from './evolve-promotion.ts';
import { questionChanged } from './evolve-questions.ts';
import { restoreChanged } from './evolve-restores.ts';
import { agreedWithImage, scheduleChanged, scheduledFor, withoutOwnerAsked } from './evolve-schedule.ts';
import { stepChanged, withoutTrouble } from './evolve-steps.ts';
import { trafficChanged } from './evolve-traffic.ts';

/** Folds all events of one deployment, oldest first. */
export function deploymentOf(events: readonly RecordedEvent[]): Deployment | undefined {
  let deployment: Deployment | undefined;
  for (const event of events) deployment = evolve(deployment, event);
  return deployment;
}

/** What the deployment is after an event. Never refuses: what happened, happened. */
export function evolve(state: Deployment | undefined, recorded: RecordedEvent): Deployment | undefined {
  if (recorded.event.type === 'requested') return requested(recorded, recorded.event);
  if (state === undefined) return undefined;
  const seen: Deployment = { ...state, version: recorded.version, changedAt: recorded.at };
  const changed = keptLeft(state, apply(seen, recorded, recorded.event));
  return isOtherPhase(state, changed) ? { ...changed, generation: state.generation + 1 } : changed;
}

/** A person answers for it: what a run that has not noticed yet still says of it changes nothing of that. */
function keptLeft(before: Deployment, after: Deployment): Deployment {
  if (before.phase.kind !== 'left' || before.endedAt === undefined) return after;
  return { ...after, phase: before.phase, endedAt: before.endedAt };
}

/** Checking begins at once after the request, and building after that, and a button means the same before and after: nothing is changed yet. */
function isOtherPhase(before: Deployment, after: Deployment): boolean {
  const { kind } = after.phase;
  return before.phase !== after.phase && kind !== 'checking' && kind !== 'building';
}

function requested(
  recorded: RecordedEvent,
  event: Extract<DeploymentEvent, { type: 'requested' }>,
): Deployment {
  return {
    number: recorded.deployment,
    version: recorded.version,
    generation: 1,
    service: event.service,
    environment: event.environment,
    ...(event.ref === undefined ? {} : { ref: event.ref }),
    plan: event.plan,
    channel: event.channel,
    ...(event.undoes === undefined ? {} : { undoes: event.undoes }),
    requestedBy: recorded.by,
    requestedAt: recorded.at,
    ...scheduledFor(event.startAt, event.plan),
    ...(recorded.why === undefined ? {} : { why: recorded.why }),
    checks: [],
    checkStates: [],
    ...(event.pushed === undefined ? {} : { pushed: event.pushed }),
    passedOver: [],
    steps: {},
    restores: {},
    traffic: {},
    gates: {},
    switches: {},
    standby: {},
    skipped: [],
    approved: [],
    phase: { kind: 'requested' },
    changedAt: recorded.at,
  };
}

type LaterEvent = Exclude<DeploymentEvent, { type: 'requested' }>;

function apply(state: Deployment, recorded: RecordedEvent, event: LaterEvent): Deployment {
  switch (event.type) {
    case 'checking':
      return { ...state, phase: { kind: 'checking' } };
    case 'check-finished':
      return { ...state, checks: [...state.checks, { name: event.name, detail: event.detail }] };
    case 'replanned':
      // Whoever called it an emergency saw another plan.
      return {
        ...withoutEmergency(state),
        ...agreedWithImage(state, event.plan),
        ...{ plan: event.plan, generation: state.generation + 1 },
      };
    case 'started':
      return {
        ...withoutOwnerAsked(withoutTrouble(state)),
        startedAt: recorded.at,
        phase: { kind: 'running' },
      };
    case 'abort-requested':
      return {
        ...state,
        abortRequestedBy: recorded.by,
        ...(recorded.why === undefined ? {} : { abortWhy: recorded.why }),
      };
    case 'acknowledged':
      return { ...state, acknowledgedBy: recorded.by };
    case 'checks-planned':
    case 'check-started':
    case 'check-waiting':
    case 'check-passed':
    case 'check-failed':
    case 'check-reminded':
    case 'check-retried':
    case 'check-overridden':
    case 'box-ticked':
      return checksChanged(state, recorded, event);
    case 'build-started':
    case 'build-progressed':
    case 'build-failed':
    case 'build-retried':
    case 'build-finished':
      return buildChanged(state, recorded, event);
    case 'changes-read':
    case 'approval-asked':
    case 'voted':
    case 'consented':
    case 'emergency-declared':
    case 'passed-over':
    case 'review-due':
    case 'review-reminded':
    case 'reviewed':
    case 'approval-reminded':
      return approvalChanged(state, recorded, event);
    case 'waiting':
    case 'rescheduled':
    case 'owner-asked':
    case 'owner-reminded':
    case 'owner-not-needed':
    case 'owner-confirmed':
      return scheduleChanged(state, recorded, event);
    case 'step-started':
    case 'step-progressed':
    case 'step-finished':
    case 'step-failed':
    case 'blocked':
    case 'unblocked':
      return stepChanged(state, recorded, event);
    case 'held':
    case 'reminded':
    case 'resumed':
    case 'unanswered':
    case 'continued':
      return questionChanged(state, recorded, event);
    case 'restoring':
    case 'restore-progressed':
    case 'restore-blocked':
    case 'restored':
    case 'restore-left':
      return restoreChanged(state, event);
    case 'traffic-intended':
    case 'traffic-confirmed':
    case 'gates-read':
    case 'switch-armed':
    case 'switch-not-armed':
    case 'switch-disarmed':
    case 'switch-fired':
    case 'standby-kept':
    case 'standby-ended':
      return trafficChanged(state, recorded, event);
    case 'paused':
    case 'unpaused':
    case 'skipped':
    case 'approved':
    case 'region-waiting':
    case 'region-goes-on':
      return promotionChanged(state, recorded, event);
    case 'succeeded':
    case 'rolled-back':
    case 'aborted':
    case 'left':
    case 'rejected':
    case 'expired':
    case 'refused':
    case 'superseded':
    case 'undoing':
    case 'undo-failed':
    case 'undone':
    case 'replaced':
    case 'live-again':
    case 'automatic-held':
    case 'automatic-resumed':
      return ended(state, recorded, event);
  }
}
