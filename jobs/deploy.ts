import { messageOf } from '../src/domain/errors.ts';
import { NobodyAnswered } from './ask.ts';
import { endDeployment } from './end-deployment.ts';
import { AbortRequested, type JobContext } from './engine/engine.ts';
import { isTakenOver, obedient } from './obedient.ts';
import { putBack } from './put-back.ts';
import { carryOutStep, sharedBySteps } from './steps/carry-out-step.ts';
import { ServiceReplaced, StepFailed } from './steps/step-run.ts';
import { tellers } from './steps/tellers.ts';
import { carryOutTogether, turnsOf } from './steps/together.ts';
import { readWork } from './steps/work.ts';
import { requireStillOurs } from './still-ours.ts';
import type { World } from './world.ts';

export type DeployInput = { deployment: number; service: string; environment: string };

/**
 * Carries out a deployment's plan step by step. A failure or an abort puts back what was live before, shielded from
 * further aborts; of a rollback, only an abort does. It holds the key service/environment while it runs.
 */
export async function deploy(context: JobContext<DeployInput>, reached: World): Promise<void> {
  const { deployment } = context.input;
  const world = obedient(reached, deployment);
  let isRollback = false;
  try {
    const work = await readWork(context, world);
    const { plan, done } = work;
    if (work.isOver) return;
    isRollback = plan.steps.some(({ kind }) => kind === 'restore' || kind === 'return');
    if (context.runId !== `deploy/${deployment}`) {
      await requireStillOurs(context, { ...context.input, plan, done }, world);
    }
    const telling = tellers(context);
    const shared = sharedBySteps(work, isRollback);
    for (const turn of turnsOf(plan.steps.filter(({ id }) => !done.includes(id)))) {
      const [step, ...others] = turn;
      if (step === undefined) continue;
      if (others.length > 0) await carryOutTogether(context, turn);
      else await carryOutStep(context, { ...shared, step, tell: telling(step.region) }, world);
    }
    await endDeployment(context, deployment, { type: 'succeeded' }, world.store);
  } catch (error) {
    if (isTakenOver(error)) return;
    if (error instanceof ServiceReplaced) {
      const left = { type: 'left', reason: error.message } as const;
      await context.shield(() => endDeployment(context, deployment, left, world.store));
      return;
    }
    const ending = endingOf(error);
    // The release a rollback takes away never comes back by itself: another run goes on with it (see `reconcile`).
    if (isRollback && ending.because === 'failure') throw error;
    await context.shield(() => putBack(context, { deployment, ...ending }, world));
  }
}

function endingOf(error: unknown): { because: 'failure' | 'abort'; reason: string } {
  if (error instanceof AbortRequested) return { because: 'abort', reason: error.reason };
  if (error instanceof NobodyAnswered) return { because: 'abort', reason: error.message };
  if (error instanceof StepFailed) return { because: 'failure', reason: error.message };
  return {
    because: 'failure',
    reason: `Forge itself had a problem and stopped to be safe: ${messageOf(error)}`,
  };
}
