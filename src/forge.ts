import type { Caller } from './domain/caller.ts';
import type { Deployment } from './domain/deployment.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy } from './domain/policy.ts';
import type { UnsupportedBlocks } from './ports/chat.ts';
import type { Store } from './ports/store.ts';
import type { Adapters } from './use-cases/adapters.ts';
import { previewRollback, previewRollbackOf, type RollbackPreview } from './use-cases/preview-rollback.ts';
import { isRefAReleaseOf } from './use-cases/ref-of-release.ts';
import {
  type DeploymentRequest,
  type RequestOutcome,
  requestDeployment,
} from './use-cases/request-deployment.ts';
import { type RollBackOutcome, rollBack } from './use-cases/roll-back.ts';
import { type ServiceStatus, status } from './use-cases/status.ts';
import {
  type Answer,
  abortDeployment,
  requireDeployment,
  resumeDeployment,
  type Steering,
} from './use-cases/steer-deployment.ts';
import { takeOver } from './use-cases/take-over.ts';

type Place = { service: ServicePolicy; environment: EnvironmentPolicy };

/** Everything Forge can be asked, by people, triggers and schedules alike. */
export type Forge = {
  readonly policy: Policy;
  requestDeployment(request: DeploymentRequest, caller: Caller): Promise<RequestOutcome>;
  /** Whether `ref` means a release of the service; for words that could be two things. */
  isRelease(place: Place, ref: string): Promise<boolean>;
  previewRollback(place: Place): Promise<RollbackPreview>;
  previewRollbackOf(deployment: number): Promise<RollbackPreview>;
  rollBack(
    request: { undoes: number; seen: { generation: number; digest: string }; why?: string },
    caller: Caller,
  ): Promise<RollBackOutcome>;
  abort(request: Steering, caller: Caller): Promise<Deployment>;
  /** Answers the question of a deployment that is held. */
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

export function createForge(adapters: Adapters & { unsupportedBlocks: () => UnsupportedBlocks }): Forge {
  const { policy, store, clock, unsupportedBlocks } = adapters;
  return {
    policy,
    requestDeployment: (request, caller) => requestDeployment(request, caller, adapters),
    isRelease: (place, ref) => isRefAReleaseOf(place, ref, adapters),
    previewRollback: (place) => previewRollback(place, adapters),
    previewRollbackOf: (deployment) => previewRollbackOf(deployment, adapters),
    rollBack: (request, caller) => rollBack(request, caller, adapters),
    abort: (request, caller) => abortDeployment(request, caller, store),
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
