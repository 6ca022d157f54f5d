import type { Actor } from './actor.ts';
import type {
  Deployment,
  Question,
  RestoreState,
  StandbyState,
  StepState,
  SwitchState,
  TrafficState,
} from './deployment.ts';
import type { DeploymentEvent, RecordedEvent } from './events.ts';
import { buildChanged } from './evolve-build.ts';
import { checksChanged } from './evolve-checks.ts';
import type { Plan } from './plan.ts';
import { OWNER_ASKED } from './schedule.ts';

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
  const { at } = recorded;
  switch (event.type) {
    case 'checking':
      return { ...state, phase: { kind: 'checking' } };
    case 'check-finished':
      return { ...state, checks: [...state.checks, { name: event.name, detail: event.detail }] };
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
    case 'replanned':
      // Whoever called it an emergency saw another plan.
      return {
        ...withoutEmergency(state),
        ...agreedWithImage(state, event.plan),
        ...{ plan: event.plan, generation: state.generation + 1 },
      };
    case 'approval-asked': {
      const { type: _asked, ...asked } = event;
      const { startAt } = state;
      const about = { about: state.plan, ...(startAt === undefined ? {} : { startAt }) };
      const approval = { ...asked, ...about, askedAt: at, votes: [] };
      return { ...withoutEmergency(state), approval, phase: { kind: 'awaiting-approval' } };
    }
    case 'voted':
      return voted(state, recorded, event);
    case 'approval-reminded':
      return state.approval === undefined
        ? state
        : { ...state, approval: { ...state.approval, remindedAt: at } };
    case 'consented':
      return { ...state, consent: said(recorded), generation: state.generation + 1 };
    case 'emergency-declared':
      return {
        ...state,
        emergency: { ...said(recorded), digest: event.digest },
        generation: state.generation + 1,
      };
    case 'passed-over':
      return { ...state, passedOver: [...state.passedOver, ...event.what] };
    case 'review-due':
      return { ...state, review: { due: event.at } };
    case 'review-reminded':
      return state;
    case 'reviewed': {
      const { by, at: writtenAt } = recorded;
      const written = { by, at: writtenAt, text: event.text };
      return { ...state, review: { due: state.review?.due ?? writtenAt, written } };
    }
    case 'waiting': {
      const { type: _waiting, until, ...waits } = event;
      // An emergency waits for nothing but another deployment: one that does was of something else.
      const held = event.for === 'deployment' ? state : withoutEmergency(state);
      const kept = event.for === 'owner' ? held : withoutOwnerAsked(held);
      return { ...kept, phase: { kind: 'waiting', ...waits, ...(until === undefined ? {} : { until }) } };
    }
    case 'rescheduled':
    case 'owner-asked':
    case 'owner-reminded':
    case 'owner-not-needed':
    case 'owner-confirmed':
      return scheduleChanged(state, recorded, event);
    case 'started':
      return { ...withoutOwnerAsked(withoutTrouble(state)), startedAt: at, phase: { kind: 'running' } };
    case 'step-started':
      return withStep(state, event.step, { kind: 'running', startedAt: at });
    case 'step-progressed':
      return withStep(state, event.step, {
        kind: 'running',
        startedAt: startOf(state, event.step, at),
        progress: event.progress,
      });
    case 'step-finished':
      return withStep(withoutTrouble(state), event.step, {
        kind: 'finished',
        startedAt: startOf(state, event.step, at),
        endedAt: at,
        ...(event.detail === undefined ? {} : { detail: event.detail }),
      });
    case 'step-failed':
      return withStep(withoutTrouble(state), event.step, {
        kind: 'failed',
        startedAt: startOf(state, event.step, at),
        endedAt: at,
        reason: event.reason,
      });
    case 'held': {
      const { remindedAt: _ofAnother, ...asked } = state;
      return { ...asked, phase: { kind: 'held', ...questionOf(event, at) } };
    }
    case 'reminded':
      return { ...state, remindedAt: at };
    case 'blocked':
      return { ...state, trouble: event.reason };
    case 'unblocked':
      return withoutTrouble(state);
    case 'resumed':
      return {
        ...state,
        phase: { kind: 'running' },
        ...(event.run === undefined ? {} : { run: event.run }),
      };
    case 'unanswered':
      return { ...state, phase: { kind: 'running' } };
    case 'continued':
      return { ...state, run: event.run };
    case 'abort-requested':
      return {
        ...state,
        abortRequestedBy: recorded.by,
        ...(recorded.why === undefined ? {} : { abortWhy: recorded.why }),
      };
    case 'restoring':
      return {
        ...withoutTrouble(state),
        phase: { kind: 'rolling-back', because: event.because, reason: event.reason },
      };
    case 'restore-progressed':
      return withRestore(state, event.region, {
        kind: 'running',
        progress: event.progress,
        ...troubleOf(state.restores[event.region]),
      });
    case 'restore-blocked':
      return withRestore(state, event.region, { kind: 'blocked', reason: event.reason });
    case 'restored':
      return withRestore(state, event.region, { kind: 'restored', detail: event.detail });
    case 'restore-left':
      return withRestore(state, event.region, { kind: 'left', reason: event.reason });
    case 'traffic-intended':
    case 'traffic-confirmed':
      return trafficMoved(state, event, at);
    case 'gates-read': {
      const { step, gates, waits } = event;
      const read = { step, at, gates, ...(waits === undefined ? {} : { waits }) };
      return { ...state, gates: { ...state.gates, [event.region]: read } };
    }
    case 'paused':
      return { ...state, paused: { by: recorded.by, at }, generation: state.generation + 1 };
    case 'unpaused': {
      const { paused: _ended, ...going } = state;
      return { ...going, generation: state.generation + 1 };
    }
    case 'region-waiting': {
      const { type: _waits, ...regionWait } = event;
      return { ...state, regionWait };
    }
    case 'region-goes-on': {
      const { regionWait: _over, ...going } = state;
      return going;
    }
    case 'skipped':
      return { ...state, skipped: [...state.skipped, event.step] };
    case 'approved':
      return { ...state, approved: [...state.approved, event.step] };
    case 'switch-armed':
      return withSwitch(state, event.region, { kind: 'armed', to: event.to, after: event.after });
    case 'switch-not-armed':
      return withSwitch(state, event.region, { kind: 'not-armed', reason: event.reason });
    case 'switch-disarmed':
      return withSwitch(state, event.region, { kind: 'disarmed' });
    case 'switch-fired':
      return withSwitch(state, event.region, { kind: 'fired', to: event.to });
    case 'standby-kept': {
      const { on, until, desired } = event;
      return withStandby(state, event.region, { on, until, desired });
    }
    case 'standby-ended': {
      const kept = state.standby[event.region];
      if (kept === undefined) return state;
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      return {
        ...withStandby(state, event.region, { ...kept, endedAt: at, ...reason }),
        generation: state.generation + 1,
      };
    }
    case 'acknowledged':
      return { ...state, acknowledgedBy: recorded.by };
    case 'succeeded':
      return { ...state, endedAt: at, phase: { kind: 'succeeded' } };
    case 'rolled-back':
      return { ...state, endedAt: at, phase: { kind: 'rolled-back', reason: reasonOf(state) } };
    case 'aborted':
      return { ...state, endedAt: at, phase: { kind: 'aborted', reason: reasonOf(state) } };
    case 'left':
      return { ...state, endedAt: at, phase: { kind: 'left', reason: event.reason, by: recorded.by } };
    case 'rejected':
      return {
        ...state,
        endedAt: at,
        phase: { kind: 'rejected', by: recorded.by, reason: recorded.why ?? '' },
      };
    case 'expired':
      return { ...state, endedAt: at, phase: { kind: 'expired', reason: event.reason } };
    case 'refused':
      return { ...state, endedAt: at, phase: { kind: 'refused', reason: event.reason } };
    case 'superseded': {
      const { type: _superseded, ...why } = event;
      return { ...state, endedAt: at, phase: { kind: 'superseded', ...why } };
    }
    case 'undoing':
      return { ...state, undoingBy: event.by, generation: state.generation + 1 };
    case 'undo-failed':
      return { ...withoutUndoing(state), generation: state.generation + 1 };
    case 'undone':
      return { ...withoutUndoing(state), undoneBy: event.by, generation: state.generation + 1 };
    case 'replaced':
      return { ...state, replacedBy: event.by, generation: state.generation + 1 };
    case 'live-again': {
      const { replacedBy: _ended, ...live } = state;
      return { ...live, generation: state.generation + 1 };
    }
  }
}

type ScheduleEvent = Extract<
  LaterEvent,
  { type: 'rescheduled' | 'owner-asked' | 'owner-reminded' | 'owner-not-needed' | 'owner-confirmed' }
>;

function scheduledFor(startAt: number | undefined, plan: Plan): Pick<Deployment, 'startAt' | 'agreed'> {
  return startAt === undefined ? {} : { startAt, agreed: { about: plan, dueAt: startAt } };
}

/** Whoever scheduled a commit before it had an image agreed to the one that is made of it, and to the steps that follow from that. */
function agreedWithImage({ agreed }: Deployment, { to, steps }: Plan): Pick<Deployment, 'agreed'> {
  if (agreed === undefined) return {};
  const { commit, digests } = agreed.about.to;
  const isMade = commit !== undefined && commit === to.commit && Object.keys(digests).length === 0;
  return isMade ? { agreed: { ...agreed, about: { ...agreed.about, to, steps } } } : {};
}

function scheduleChanged(state: Deployment, { by, at }: RecordedEvent, event: ScheduleEvent): Deployment {
  const { plan, phase, ownerAsked, startAt = at } = state;
  switch (event.type) {
    case 'rescheduled': {
      // Whoever consented to its time, or called it an emergency, saw another time.
      const { consent: _ofAnother, ...kept } = withoutEmergency(withoutOwnerAsked(state));
      const editor = by.kind === 'person' ? { lastEditor: by.userId } : {};
      const generation = state.generation + 1;
      return { ...kept, ...scheduledFor(event.startAt, plan), ...editor, generation };
    }
    case 'owner-asked': {
      const { type: _asked, problem, ...asked } = event;
      const isVotedOn = phase.kind === 'awaiting-approval';
      return {
        ...state,
        ownerAsked: { ...asked, askedAt: at, ...(problem === undefined ? {} : { problem }) },
        phase: isVotedOn ? phase : { kind: 'waiting', for: 'owner', why: OWNER_ASKED, until: event.deadline },
      };
    }
    case 'owner-reminded':
      return ownerAsked === undefined ? state : { ...state, ownerAsked: { ...ownerAsked, remindedAt: at } };
    case 'owner-not-needed':
      return answered(state);
    case 'owner-confirmed': {
      const dueAt = Math.max(startAt, at, ownerAsked?.startsAt ?? at);
      const generation = state.generation + 1;
      return { ...answered(state), agreed: { about: plan, dueAt }, generation };
    }
  }
}

function withoutEmergency({ emergency: _ofAnother, ...state }: Deployment): Deployment {
  return state;
}

/** It waits for its owner no more, and is looked at again. */
function answered(state: Deployment): Deployment {
  const { phase } = state;
  const isAwaited = phase.kind === 'waiting' && phase.for === 'owner';
  return { ...withoutOwnerAsked(state), phase: isAwaited ? { kind: 'checking' } : phase };
}

function withoutOwnerAsked({ ownerAsked: _answered, ...state }: Deployment): Deployment {
  return state;
}

/** Who did it, when, and the reason they gave. */
function said({ by, at, why }: RecordedEvent): { by: Actor; at: number; why?: string } {
  return { by, at, ...(why === undefined ? {} : { why }) };
}

/** A vote of an earlier round says nothing of what is asked now. */
function voted(
  state: Deployment,
  { by, at, why }: RecordedEvent,
  { round, verdict, countsFor }: Extract<LaterEvent, { type: 'voted' }>,
): Deployment {
  const { approval } = state;
  if (approval?.round !== round || by.kind !== 'person') return state;
  const vote = { voter: by.userId, verdict, at, countsFor, ...(why === undefined ? {} : { why }) };
  return { ...state, approval: { ...approval, votes: [...approval.votes, vote] } };
}

function questionOf(event: Extract<DeploymentEvent, { type: 'held' }>, askedAt: number): Question {
  const { type: _held, otherwise = 'abort', doneMeans, detail, via, weights, ...question } = event;
  return {
    ...question,
    askedAt,
    otherwise,
    ...(doneMeans === undefined ? {} : { doneMeans }),
    ...(detail === undefined ? {} : { detail }),
    ...(via === undefined ? {} : { via }),
    ...(weights === undefined ? {} : { weights }),
  };
}

function withoutUndoing({ undoingBy: _ended, ...state }: Deployment): Deployment {
  return state;
}

function withoutTrouble({ trouble: _ended, ...state }: Deployment): Deployment {
  return state;
}

function troubleOf(restore: RestoreState | undefined): { trouble?: string } {
  if (restore?.kind === 'blocked') return { trouble: restore.reason };
  return restore?.kind === 'running' && restore.trouble !== undefined ? { trouble: restore.trouble } : {};
}

function reasonOf(state: Deployment): string {
  return state.phase.kind === 'rolling-back' ? state.phase.reason : '';
}

function startOf(state: Deployment, id: string, at: number): number {
  return state.steps[id]?.startedAt ?? at;
}

function withStep(state: Deployment, id: string, step: StepState): Deployment {
  return { ...state, steps: { ...state.steps, [id]: step } };
}

type Moved = Extract<LaterEvent, { type: 'traffic-intended' | 'traffic-confirmed' }>;

/** A confirmation of an older intent than the newest says nothing of the newest. */
function trafficMoved(state: Deployment, event: Moved, at: number): Deployment {
  const { region } = event;
  if (event.type === 'traffic-intended') {
    const { split, before, generation } = event;
    return withTraffic(state, region, { split, before, generation, intendedAt: at });
  }
  const intended = state.traffic[region];
  if (intended?.generation !== event.generation) return state;
  const took = event.took === undefined ? {} : { took: event.took };
  return withTraffic(state, region, { ...intended, confirmedAt: at, ...took });
}

function withTraffic(state: Deployment, region: string, traffic: TrafficState): Deployment {
  return { ...state, traffic: { ...state.traffic, [region]: traffic } };
}

function withSwitch(state: Deployment, region: string, to: SwitchState): Deployment {
  return { ...state, switches: { ...state.switches, [region]: to } };
}

function withStandby(state: Deployment, region: string, standby: StandbyState): Deployment {
  return { ...state, standby: { ...state.standby, [region]: standby } };
}

function withRestore(state: Deployment, region: string, restore: RestoreState): Deployment {
  return { ...state, restores: { ...state.restores, [region]: restore } };
}
