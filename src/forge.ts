import type { Caller } from './domain/caller.ts';
import type { Deployment } from './domain/deployment.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy } from './domain/policy.ts';
import type { UnsupportedBlocks } from './ports/chat.ts';
import type { Store } from './ports/store.ts';
import { acknowledge } from './use-cases/acknowledge.ts';
import {
  type Destination,
  previewRollback,
  previewRollbackOf,
  type RollbackAdapters,
  type RollbackPreview,
} from './use-cases/preview-rollback.ts';
import { isRefAReleaseOf } from './use-cases/ref-of-release.ts';
import {
  type DeploymentRequest,
  type RequestOutcome,
  requestDeployment,
} from './use-cases/request-deployment.ts';
import { type RollBackOutcome, type RollBackRequest, rollBack } from './use-cases/roll-back.ts';
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
import { takeOver } from './use-cases/take-over.ts';

type Place = { service: ServicePolicy; environment: EnvironmentPolicy };

/** Everything Forge can be asked, by people, triggers and schedules alike. */
export type Forge = {
  readonly policy: Policy;
  requestDeployment(request: DeploymentRequest, caller: Caller): Promise<RequestOutcome>;
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
  /** Leaves what does not get on to the person. */
  takeOver(request: Steering, caller: Caller): Promise<Deployment>;
  /** Throws a `UserError` when there is none of that number. */
  deployment(number: number): Promise<Deployment>;
  status(filter: { service?: string; environment?: string }): Promise<ServiceStatus[]>;
  history: Store['history'];
  lateMessages: Store['lateMessages'];
  /** Milliseconds since the epoch. */
  now(): number;
  /** Kinds of blocks the workspace refused so far. */
  unsupportedBlocks(): UnsupportedBlocks;
};

export function createForge(
  adapters: RollbackAdapters & { unsupportedBlocks: () => UnsupportedBlocks },
): Forge {
  const { policy, store, clock, unsupportedBlocks } = adapters;
  return {
    policy,
    requestDeployment: (request, caller) => requestDeployment(request, caller, adapters),
    isRelease: (place, ref) => isRefAReleaseOf(place, ref, adapters),
    previewRollback: (place, destination) => previewRollback(place, adapters, destination),
    previewRollbackOf: (deployment, destination) => previewRollbackOf(deployment, adapters, destination),
    rollBack: (request, caller) => rollBack(request, caller, adapters),
    abort: (request, caller) => abortDeployment(request, caller, store),
    pause: (request, caller) => pauseDeployment(request, caller, adapters),
    skip: (request, caller) => skipBake(request, caller, adapters),
    acknowledge: (request, caller) => acknowledge(request, caller, adapters),
    resume: (answer, caller) => resumeDeployment(answer, caller, adapters),
    takeOver: (request, caller) => takeOver(request, caller, store),
    deployment: (number) => requireDeployment(number, store),
    status: (filter) => status(filter, adapters),
    history: (filter) => store.history(filter),
    lateMessages: () => store.lateMessages(),
    now: () => clock.now(),
    unsupportedBlocks,
  };
}
