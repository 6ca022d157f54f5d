import type { Actor } from './actor.ts';
import type { AnswerPath, Progress, SafeAnswer } from './events.ts';
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
