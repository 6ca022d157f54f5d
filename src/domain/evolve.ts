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

/** Checking begins at once after the request, and a button means the same before and after: nothing is changed yet. */
function isOtherPhase(before: Deployment, after: Deployment): boolean {
  return before.phase !== after.phase && after.phase.kind !== 'checking';
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
    ...(recorded.why === undefined ? {} : { why: recorded.why }),
    checks: [],
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
    case 'started':
      return { ...withoutTrouble(state), startedAt: at, phase: { kind: 'running' } };
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
    case 'refused':
      return { ...state, endedAt: at, phase: { kind: 'refused', reason: event.reason } };
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
