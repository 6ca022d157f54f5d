import type { Actor } from './actor.ts';
import type { AnswerPath, DeploymentEvent, Progress, RecordedEvent, SafeAnswer } from './events.ts';
import type { Plan } from './plan.ts';

/** How a step goes; one that has not begun has no state. */
export type StepState =
  | { kind: 'running'; startedAt: number; progress?: Progress }
  | { kind: 'finished'; startedAt: number; endedAt: number; detail?: string }
  | { kind: 'failed'; startedAt: number; endedAt: number; reason: string };

/** How putting the previous release back goes in one region; one that has not reported has no state. */
export type RestoreState =
  | { kind: 'running'; progress: Progress /** What it was blocked by before. */; trouble?: string }
  | { kind: 'blocked'; reason: string }
  | { kind: 'restored'; detail: string }
  | { kind: 'left'; reason: string };

/** A question to people; see the event `held`. */
export type Question = {
  question: string;
  resumeMeans: string;
  abortMeans: string;
  doneMeans?: string;
  detail?: string;
  askedAt: number;
  deadline: number;
  otherwise: SafeAnswer;
  via?: AnswerPath;
};

export type Phase =
  | { kind: 'requested' }
  | { kind: 'checking' }
  | { kind: 'running' }
  | ({ kind: 'held' } & Question)
  | { kind: 'rolling-back'; because: 'failure' | 'abort'; reason: string }
  | { kind: 'succeeded' }
  | { kind: 'rolled-back'; reason: string }
  | { kind: 'aborted'; reason: string }
  | { kind: 'left'; reason: string; by: Actor }
  | { kind: 'refused'; reason: string };

/** One attempt to put a release on a service in an environment: the fold of its events. */
export type Deployment = {
  number: number;
  /** Version of the last event. */
  version: number;
  /** Goes up whenever a button of the message would come to mean something else. */
  generation: number;
  service: string;
  environment: string;
  ref?: string;
  plan: Plan;
  channel: string;
  undoes?: number;
  /** The rollback of it that is under way. */
  undoingBy?: number;
  undoneBy?: number;
  replacedBy?: number;
  requestedBy: Actor;
  requestedAt: number;
  why?: string;
  checks: { name: string; detail: string }[];
  /** When the first effect began. */
  startedAt?: number;
  abortRequestedBy?: Actor;
  /** The reason given for it, as typed. */
  abortWhy?: string;
  endedAt?: number;
  steps: Record<string, StepState>;
  restores: Record<string, RestoreState>;
  /** Why it does not get on; gone as soon as it does. */
  trouble?: string;
  /** The run that works on it, where that is not its first. */
  run?: string;
  /** When people were reminded of the question that is open. */
  remindedAt?: number;
  phase: Phase;
  /** Time of the last event. */
  changedAt: number;
};

export function isFinished(deployment: Deployment): boolean {
  switch (deployment.phase.kind) {
    case 'succeeded':
    case 'rolled-back':
    case 'aborted':
    case 'left':
    case 'refused':
      return true;
    case 'requested':
    case 'checking':
    case 'running':
    case 'held':
    case 'rolling-back':
      return false;
  }
}

/** True while the deployment may change the service: it then holds the service in that environment alone. */
export function hasEffects(deployment: Deployment): boolean {
  return deployment.startedAt !== undefined && !isFinished(deployment);
}

/** True while Forge tries something again and again that does not get on: a person may take over then. */
export function isBlocked(deployment: Deployment): boolean {
  if (!hasEffects(deployment)) return false;
  const isRestoreBlocked = Object.values(deployment.restores).some(
    (restore) => restore.kind === 'blocked' || (restore.kind === 'running' && restore.trouble !== undefined),
  );
  return isRestoreBlocked || deployment.trouble !== undefined;
}

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
  const { type: _held, otherwise = 'abort', doneMeans, detail, via, ...question } = event;
  return {
    ...question,
    askedAt,
    otherwise,
    ...(doneMeans === undefined ? {} : { doneMeans }),
    ...(detail === undefined ? {} : { detail }),
    ...(via === undefined ? {} : { via }),
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

function withRestore(state: Deployment, region: string, restore: RestoreState): Deployment {
  return { ...state, restores: { ...state.restores, [region]: restore } };
}
