import type { AutomaticHold, AutomaticPlace } from './domain/automatic.ts';
import type { Caller } from './domain/caller.ts';
import type { Deployment } from './domain/deployment.ts';
import type { Freeze } from './domain/freeze.ts';
import type { Lock } from './domain/lock.ts';
import type { Membership } from './domain/people-policy.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy } from './domain/policy.ts';
import type { Recurring } from './domain/recurring.ts';
import type { Shipment } from './domain/shipment.ts';
import type { StartDecision } from './domain/start-times.ts';
import type { UnsupportedBlocks } from './ports/chat.ts';
import type { PullRequest } from './ports/code-host.ts';
import type { PolicySource } from './ports/policy-source.ts';
import type { Store } from './ports/store.ts';
import { acknowledge } from './use-cases/acknowledge.ts';
import { overrideCheck, retry, tickBox } from './use-cases/answer-check.ts';
import {
  type HoldSeen,
  heldRefs,
  holdAutomatic,
  isAutomatic,
  resumeAutomatic,
} from './use-cases/automatic-hold.ts';
import { type FreezeRequest, liftFreeze, placeFreeze } from './use-cases/freeze.ts';
import { consent, declareEmergency, type LetStart, requireDeclarable } from './use-cases/let-start.ts';
import {
  handOverLock,
  type LockOutcome,
  type LockRequest,
  type LockSeen,
  placeLock,
  prolongLock,
  releaseLock,
} from './use-cases/lock.ts';
import { type Outlook, outlook, type Thought } from './use-cases/outlook.ts';
import {
  type Destination,
  previewRollback,
  previewRollbackOf,
  type RollbackAdapters,
  type RollbackPreview,
} from './use-cases/preview-rollback.ts';
import { cancelRecurring, type RecurringRequest, scheduleRecurring } from './use-cases/recurring.ts';
import { isRefAReleaseOf } from './use-cases/ref-of-release.ts';
import { type ReloadOutcome, reloadPolicy } from './use-cases/reload-policy.ts';
import {
  type DeploymentRequest,
  type RequestOutcome,
  requestDeployment,
  requireFree,
} from './use-cases/request-deployment.ts';
import { shipRevert } from './use-cases/revert.ts';
import { type Review, requireReviewDue, writeReview } from './use-cases/review.ts';
import { type RollBackOutcome, type RollBackRequest, rollBack } from './use-cases/roll-back.ts';
import {
  type Confirmation,
  confirmStart,
  type Rescheduling,
  requireOwner,
  reschedule,
} from './use-cases/schedule.ts';
import { type ShipRequest, shipBranch } from './use-cases/ship.ts';
import { type PlannedStart, startWhen } from './use-cases/start-when.ts';
import { type ServiceStatus, status } from './use-cases/status.ts';
import {
  type Answer,
  abortDeployment,
  pauseDeployment,
  requireDeployment,
  resumeDeployment,
  type Steering,
  skipBake,
} from './use-cases/steer-deployment.ts';
import {
  askMerge,
  cancelShipment,
  requireShipment,
  retryShipment,
  type ShipmentSeen,
} from './use-cases/steer-shipment.ts';
import { takeOver } from './use-cases/take-over.ts';
import { castVote, requireVoter, type VoteOutcome, type VoteRequest } from './use-cases/vote.ts';
import { type WhenAnswer, type WhenRequest, whenToDeploy } from './use-cases/when.ts';

type Place = { service: ServicePolicy; environment: EnvironmentPolicy };

/** Everything Forge can be asked, by people, triggers and schedules alike. */
export type Forge = {
  readonly policy: Policy;
  requestDeployment(request: DeploymentRequest, caller: Caller): Promise<RequestOutcome>;
  /** Throws a `UserError` where something is under way, so that nothing can be asked for at that time. */
  requireFree(planned: Pick<DeploymentRequest, 'service' | 'environment' | 'startAt'>): Promise<void>;
  /** Whether `ref` means a release of the service; for words that could be two things. */
  isRelease(place: Place, ref: string): Promise<boolean>;
  previewRollback(place: Place, destination: Destination): Promise<RollbackPreview>;
  previewRollbackOf(deployment: number, destination: Destination): Promise<RollbackPreview>;
  rollBack(request: RollBackRequest, caller: Caller): Promise<RollBackOutcome>;
  abort(request: Steering, caller: Caller): Promise<Deployment>;
  /** Stops promotion before the next step; gates and the dead-man switch go on. */
  pause(request: Steering, caller: Caller): Promise<Deployment>;
  /** Ends the present bake early; with `step`, only if it is still that one's. */
  skip(request: Steering & { step?: string }, caller: Caller): Promise<Deployment>;
  /** Somebody looks after what does not get on: nobody is called again. */
  acknowledge(request: Steering, caller: Caller): Promise<Deployment>;
  /** Answers the question of a deployment that is held, or ends its pause; what it was before. */
  resume(answer: Answer, caller: Caller): Promise<Deployment>;
  /** Counts a person's vote for what they saw. Throws `NotEligible` where fresher facts of their groups may help. */
  vote(request: VoteRequest, voter: { member: Membership; caller: Caller }): Promise<VoteOutcome>;
  /** Throws a `UserError` for somebody whose vote would not count; it is `NotEligible` where fresher facts of their groups may help. */
  requireVoter(deployment: Deployment, member: Membership): void;
  /** Lets a deployment start at a time that is not preferred. */
  consent(request: LetStart, caller: Caller): Promise<Deployment>;
  /** Throws a `UserError` for somebody who could not call it an emergency now. */
  requireDeclarable(deployment: Deployment, caller: Caller): void;
  /** Lets a deployment start at once, without the votes that are missing. */
  emergency(request: LetStart, caller: Caller): Promise<Deployment>;
  /** Keeps the review that an emergency left due. */
  review(review: Review, caller: Caller): Promise<Deployment>;
  /** Throws a `UserError` where no review is due, or somebody has written it. */
  requireReviewDue(deployment: Deployment): void;
  /** Has the check or the build that failed tried again; what it was before. */
  retry(request: Steering, caller: Caller): Promise<Deployment>;
  /** Lets the check that failed pass; what it was before. Throws `NotEligible` where fresher facts of their groups may help. */
  overrideCheck(request: Steering, by: { member: Membership; caller: Caller }): Promise<Deployment>;
  /** Confirms what a box says. Throws `NotEligible` where fresher facts of their groups may help. */
  tick(
    request: { deployment: number; box: string; of?: string },
    by: { member: Membership; caller: Caller },
  ): Promise<Deployment>;
  /** Leaves what does not get on to the person. */
  takeOver(request: Steering, caller: Caller): Promise<Deployment>;
  /** Throws a `UserError` when there is none of that number. */
  deployment(number: number): Promise<Deployment>;
  placeFreeze(request: FreezeRequest, caller: Caller): Promise<Freeze>;
  liftFreeze(request: { freeze: string; why?: string }, caller: Caller): Promise<Freeze>;
  placeLock(request: LockRequest, caller: Caller): Promise<LockOutcome>;
  prolongLock(request: { seen: LockSeen; until: number }, caller: Caller): Promise<LockOutcome>;
  handOverLock(
    request: { seen: LockSeen; to: string; until?: number; why?: string },
    caller: Caller,
  ): Promise<LockOutcome>;
  releaseLock(request: { seen: LockSeen; why?: string }, caller: Caller): Promise<LockOutcome>;
  whenToDeploy(request: WhenRequest): Promise<WhenAnswer>;
  /** What a deployment would be like. Throws a `UserError` where it cannot be. */
  outlook(thought: Thought): Promise<Outlook>;
  /** Whether something might start at a time as things stand now, with nobody's consent. */
  startWhen(planned: PlannedStart): Promise<StartDecision>;
  /** Sets another time for a scheduled deployment. */
  reschedule(request: Rescheduling, caller: Caller): Promise<Deployment>;
  /** Has a deployment asked for again and again. */
  scheduleRecurring(request: RecurringRequest, caller: Caller): Promise<Recurring>;
  cancelRecurring(request: { id: string; why?: string }, caller: Caller): Promise<Recurring>;
  recurring: Store['recurring'];
  /** Has a branch checked, opened as a pull request, merged when somebody says so, and deployed; the id of the shipment. */
  shipBranch(request: ShipRequest, caller: Caller): Promise<string>;
  /** Throws a `UserError` when there is none of that id. */
  shipment(id: string): Promise<Shipment>;
  mergeShipment(seen: ShipmentSeen, caller: Caller): Promise<Shipment>;
  retryShipment(seen: ShipmentSeen, caller: Caller): Promise<Shipment>;
  cancelShipment(request: { shipment: string; why?: string }, caller: Caller): Promise<Shipment>;
  /** Opens the pull request that takes back what a deployment brought, and ships it. */
  shipRevert(
    request: { deployment: number; why?: string },
    caller: Caller,
  ): Promise<{ shipment: string; pull: PullRequest }>;
  /** What recurs and is not cancelled. */
  recurrings: Store['recurrings'];
  /** Nothing is deployed by itself there from now on. Throws a `UserError` where nothing is anyway. */
  holdAutomatic(place: AutomaticPlace & { why?: string }, caller: Caller): Promise<void>;
  /** What is pushed there is deployed by itself again, beginning with the newest. */
  resumeAutomatic(
    place: AutomaticPlace & HoldSeen & { why?: string },
    caller: Caller,
  ): Promise<AutomaticHold>;
  automaticHold: Store['automaticHold'];
  /** In force, the oldest first, where policy has something deployed by itself. */
  automaticHolds(): Promise<AutomaticHold[]>;
  /** What was pushed while it was held, as people call it. */
  heldRefs(place: AutomaticPlace): Promise<string[]>;
  /** Lets a scheduled deployment start though it is not as it was scheduled. */
  confirmStart(request: Confirmation, caller: Caller): Promise<Deployment>;
  /** Throws a `UserError` for everybody but who scheduled it, or set its time last. */
  requireOwner(deployment: Deployment, caller: Caller): void;
  /** In force or to come. */
  freezes(): Promise<Freeze[]>;
  freeze: Store['freeze'];
  /** In force. */
  locks(): Promise<Lock[]>;
  lock: Store['lock'];
  status(filter: { service?: string; environment?: string }): Promise<ServiceStatus[]>;
  /** Everything that is not over, the oldest first. */
  underWay(): Promise<Deployment[]>;
  /** The number of the newest deployment; 0 before the first. */
  newest(): Promise<number>;
  history: Store['history'];
  lateMessages: Store['lateMessages'];
  /** Brings the policy as it is written now into force. Throws a `UserError` where there is no file to read. */
  reloadPolicy(caller: Caller): Promise<ReloadOutcome>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Kinds of blocks the workspace refused so far. */
  unsupportedBlocks(): UnsupportedBlocks;
};

export function createForge(
  adapters: RollbackAdapters & {
    unsupportedBlocks: () => UnsupportedBlocks;
    /** Absent: the policy comes from no file. */
    policySource?: PolicySource | undefined;
  },
): Forge {
  const { policy, store, clock, unsupportedBlocks } = adapters;
  return {
    policy,
    requestDeployment: (request, caller) => requestDeployment(request, caller, adapters),
    requireFree: (planned) => requireFree(planned, adapters),
    isRelease: (place, ref) => isRefAReleaseOf(place, ref, adapters),
    previewRollback: (place, destination) => previewRollback(place, adapters, destination),
    previewRollbackOf: (deployment, destination) => previewRollbackOf(deployment, adapters, destination),
    rollBack: (request, caller) => rollBack(request, caller, adapters),
    abort: (request, caller) => abortDeployment(request, caller, store),
    pause: (request, caller) => pauseDeployment(request, caller, adapters),
    skip: (request, caller) => skipBake(request, caller, adapters),
    acknowledge: (request, caller) => acknowledge(request, caller, adapters),
    resume: (answer, caller) => resumeDeployment(answer, caller, adapters),
    vote: (request, voter) => castVote(request, voter, adapters),
    requireVoter: (deployment, member) => requireVoter(deployment, member, adapters.policy.people),
    requireDeclarable: (deployment, caller) => requireDeclarable(deployment, caller, adapters),
    consent: (request, caller) => consent(request, caller, adapters),
    emergency: (request, caller) => declareEmergency(request, caller, adapters),
    review: (review, caller) => writeReview(review, caller, adapters),
    requireReviewDue,
    retry: (request, caller) => retry(request, caller, adapters),
    overrideCheck: (request, by) => overrideCheck(request, by, adapters),
    tick: (request, by) => tickBox(request, by, adapters),
    takeOver: (request, caller) => takeOver(request, caller, store),
    deployment: (number) => requireDeployment(number, store),
    placeFreeze: (request, caller) => placeFreeze(request, caller, adapters),
    liftFreeze: (request, caller) => liftFreeze(request, caller, adapters),
    placeLock: (request, caller) => placeLock(request, caller, adapters),
    prolongLock: (request, caller) => prolongLock(request, caller, adapters),
    handOverLock: (request, caller) => handOverLock(request, caller, adapters),
    releaseLock: (request, caller) => releaseLock(request, caller, adapters),
    whenToDeploy: (request) => whenToDeploy(request, adapters),
    outlook: (thought) => outlook(thought, adapters),
    startWhen: (planned) => startWhen(planned, adapters),
    reschedule: (request, caller) => reschedule(request, caller, adapters),
    confirmStart: (request, caller) => confirmStart(request, caller, adapters),
    requireOwner,
    scheduleRecurring: (request, caller) => scheduleRecurring(request, caller, adapters),
    cancelRecurring: (request, caller) => cancelRecurring(request, caller, adapters),
    holdAutomatic: (place, caller) => holdAutomatic(place, caller, adapters),
    resumeAutomatic: (place, caller) => resumeAutomatic(place, caller, adapters),
    automaticHold: (place) => store.automaticHold(place),
    automaticHolds: async () => (await store.automaticHolds()).filter((hold) => isAutomatic(hold, policy)),
    heldRefs: (place) => heldRefs(place, store),
    recurring: (id) => store.recurring(id),
    recurrings: () => store.recurrings(),
    shipBranch: (request, caller) => shipBranch(request, caller, adapters),
    shipment: (id) => requireShipment(id, store),
    mergeShipment: (seen, caller) => askMerge(seen, caller, adapters),
    retryShipment: (seen, caller) => retryShipment(seen, caller, adapters),
    cancelShipment: (request, caller) => cancelShipment(request, caller, adapters),
    shipRevert: (request, caller) => shipRevert(request, caller, adapters),
    freezes: () => store.freezesAhead(clock.now()),
    freeze: (id) => store.freeze(id),
    locks: () => store.locksAt(clock.now()),
    lock: (id) => store.lock(id),
    status: (filter) => status(filter, adapters),
    underWay: () => store.unfinished(),
    newest: async () => (await store.nextNumber()) - 1,
    history: (filter) => store.history(filter),
    lateMessages: () => store.lateMessages(),
    reloadPolicy: (caller) => reloadPolicy(caller, adapters),
    now: () => clock.now(),
    unsupportedBlocks,
  };
}
