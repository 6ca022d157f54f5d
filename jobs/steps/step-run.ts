import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Baseline } from '../../src/domain/gates/index.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Release, Target } from '../../src/domain/release.ts';
import type { Progress } from '../../src/domain/step-event.ts';
import type { JobContext } from '../engine/engine.ts';
import type { Call } from '../platform-call.ts';
import type { Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import type { Limits } from './limits.ts';

/** The release, or what it runs on, will not do: what was changed is put back. The message is for people. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** Somebody else put something else on the service: nothing is put back over it. The message is for people. */
export class ServiceReplaced extends Error {
  override readonly name = 'ServiceReplaced';
}

/** What carrying out one step needs. */
export type StepRun = {
  context: JobContext;
  world: World;
  deployment: number;
  target: Target;
  release: Release;
  plan: Plan;
  /** What people call the service. */
  title: string;
  limits: Limits;
  /**
   * Calls the platform; when it does not answer, asks people whether to go on, and calls again if they say so. A rollback
   * asks nobody: it calls again, and people are told.
   * Throws `StepFailed` when the platform refuses, and what ends the deployment when nobody answers in time.
   */
  settled<Value extends Json>(name: string, call: Call<Value>): Promise<Value>;
  /** When people last said to go on, in milliseconds since the epoch; 0: they were not asked. */
  resumedAt: number;
  /** Tells people what a rollback does not get on with. */
  tell: Tell;
  /** Records how far the step is. */
  progress(name: string, progress: Progress): Promise<void>;
  /** Records what happened. A conflict where `expect` is not the deployment's version; then nothing is written. */
  record(
    name: string,
    events: DeploymentEvent[],
    options?: { expect?: number | 'any'; why?: string },
  ): Promise<'committed' | 'conflict'>;
  /** The live colour in the minutes before the first shift, by region, as far as it was read in this run. */
  baselines: Map<string, Baseline | undefined>;
  /** Regions where people let it go on though the colour that was live is down. */
  knowsLiveIsDown: Set<string>;
};
