import type { Actor } from './actor.ts';
import type { ApprovalState } from './approval.ts';
import type { BuildState } from './build.ts';
import type { More, PlannedCheck } from './check.ts';
import type { CodeChanges } from './code-changes.ts';
import type { Pushed } from './events.ts';
import type { Plan } from './plan.ts';
import type { RegionWait } from './promotion-event.ts';
import type { AnswerPath, SafeAnswer } from './question-event.ts';
import type { Colour } from './release.ts';
import type { StartProblem } from './schedule-event.ts';
import type { ShownGate } from './shown-gate.ts';
import type { Progress } from './step-event.ts';
import type { Split } from './traffic.ts';

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

/** Where the traffic of a region is, as far as Forge has moved it. */
export type TrafficState = {
  /** What Forge wants. */
  split: Split;
  before: Split;
  generation: number;
  intendedAt: number;
  /** When the load balancer was read back and said so. */
  confirmedAt?: number;
  /** How long moving it back took, in milliseconds. */
  took?: number;
};

/** What the gates of a region said at the last look. */
export type GatesState = { step: string; at: number; gates: ShownGate[]; waits?: string };

/** The dead-man switch of a region. */
export type SwitchState =
  | { kind: 'armed'; to: Colour; after: number }
  | { kind: 'not-armed'; reason: string }
  | { kind: 'disarmed' }
  | { kind: 'fired'; to: Colour };

/** Whether the dead-man switch of a region may have moved traffic: it was armed, and nobody found it missing. */
export function mayHaveActed(state: SwitchState | undefined): boolean {
  return state !== undefined && state.kind !== 'not-armed';
}

/** The colour that was live before: warm until `until`, unless it ended earlier. */
export type StandbyState = { on: Colour; until: number; desired: number; endedAt?: number; reason?: string };

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
  weights?: string;
};

export type Phase =
  | { kind: 'requested' }
  | { kind: 'checking' }
  | { kind: 'building' }
  | { kind: 'awaiting-approval' }
  | {
      kind: 'waiting';
      for: 'window' | 'freeze' | 'lock' | 'schedule' | 'consent' | 'deployment' | 'owner';
      why: string;
      /** Milliseconds since the epoch; absent: nobody knows. */
      until?: number;
    }
  | { kind: 'running' }
  | ({ kind: 'held' } & Question)
  | { kind: 'rolling-back'; because: 'failure' | 'abort'; reason: string }
  | { kind: 'succeeded' }
  | { kind: 'rolled-back'; reason: string }
  | { kind: 'aborted'; reason: string }
  | { kind: 'left'; reason: string; by: Actor }
  | { kind: 'rejected'; by: Actor; reason: string }
  | { kind: 'expired'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'superseded'; by?: number | undefined; reason: string };

/** How a check of the policy goes. Times in milliseconds since the epoch. */
export type CheckState = PlannedCheck &
  (
    | { state: 'to-do' }
    | { state: 'running'; startedAt: number /** Who or what is late. */; says?: string; more?: More }
    | { state: 'passed'; startedAt: number; endedAt: number; detail: string }
    | FailedCheck
    | { state: 'overridden'; startedAt: number; endedAt: number; by: Actor; why?: string; says: string }
    | { state: 'ticked'; endedAt: number; by: Actor }
  );

/** One that keeps the deployment from starting until a person has done something about it. */
export type FailedCheck = {
  state: 'failed' | 'unknown';
  startedAt: number;
  endedAt: number;
  says: string;
  tail?: string[] | undefined;
  more?: More | undefined;
  /** The role whose word lets it pass. */
  override?: string | undefined;
  deadline: number;
  remindedAt?: number;
};

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
  /** Because of it nothing is deployed there by itself, until somebody lets that go on. */
  holdsAutomatic?: true;
  requestedBy: Actor;
  requestedAt: number;
  /** It may not start before. Milliseconds since the epoch; absent: it is not scheduled. */
  startAt?: number;
  /** Slack id of who set its time last, where that is not who asked for it first: may not vote on it. */
  lastEditor?: string;
  /** Of a scheduled one, what its owner or last editor agreed to: what it would do, and when at the latest as they knew. */
  agreed?: { about: Plan; dueAt: number };
  /** Its owner is asked whether it may start all the same. Milliseconds since the epoch. */
  ownerAsked?: {
    changes: string[];
    startsAt: number;
    deadline: number;
    askedAt: number;
    remindedAt?: number;
    problem?: StartProblem;
  };
  why?: string;
  /** What was found right before the start. */
  checks: { name: string; detail: string }[];
  /** The checks of the policy, in its order. Empty: it has none, or nobody has looked yet. */
  checkStates: CheckState[];
  /** How the image is made. Absent: it was there, or nobody has begun yet. */
  build?: BuildState;
  /** What was pushed, where no person asked for it. */
  pushed?: Pushed;
  /** What is different in the code; see `codeChangesOf`. */
  codeChanges?: CodeChanges;
  /** Absent: nobody was asked. */
  approval?: ApprovalState;
  /** Somebody lets it start at a time that is not preferred. */
  consent?: { by: Actor; at: number; why?: string };
  /** Somebody lets it start at once; `digest`: of what they saw, as `askedAbout` has it. */
  emergency?: { by: Actor; at: number; digest: string; why?: string };
  /** What its emergency passed over, in sentences. */
  passedOver: string[];
  /** What an emergency leaves due. Milliseconds since the epoch. */
  review?: { due: number; written?: { by: Actor; at: number; text: string } };
  /** When the first effect began. */
  startedAt?: number;
  abortRequestedBy?: Actor;
  /** The reason given for it, as typed. */
  abortWhy?: string;
  endedAt?: number;
  steps: Record<string, StepState>;
  restores: Record<string, RestoreState>;
  /** By region; of a service in colours. */
  traffic: Record<string, TrafficState>;
  gates: Record<string, GatesState>;
  switches: Record<string, SwitchState>;
  standby: Record<string, StandbyState>;
  /** Promotion waits for a person. */
  paused?: { by: Actor; at: number };
  /** Its time in a region is not yet, or over for now; see `waitsInRegion`. */
  regionWait?: RegionWait;
  /** Steps whose bake a person ended early, and those a person let go on. */
  skipped: string[];
  approved: string[];
  /** Who looks after its trouble. */
  acknowledgedBy?: Actor;
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
    case 'rejected':
    case 'expired':
    case 'refused':
    case 'superseded':
      return true;
    case 'requested':
    case 'checking':
    case 'building':
    case 'awaiting-approval':
    case 'waiting':
    case 'running':
    case 'held':
    case 'rolling-back':
      return false;
  }
}

/**
 * True while others of the same service and environment have to wait for it. One that waits for people or for its time holds nobody
 * up, nor does one whose checks or build take their time.
 */
export function isInTheWay({ phase, ...deployment }: Deployment): boolean {
  if (phase.kind === 'awaiting-approval' || phase.kind === 'waiting' || phase.kind === 'building')
    return false;
  const { checkStates, build, startedAt } = deployment;
  if (startedAt === undefined && (checkStates.length > 0 || build !== undefined)) return false;
  if (deployment.startAt !== undefined && deployment.startedAt === undefined) return false;
  return !isFinished({ phase, ...deployment });
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
