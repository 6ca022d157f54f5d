import type { Step } from '../../src/domain/plan.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { watchAtWeight } from './bake.ts';
import type { StepRun } from './step-run.ts';
import { weightBefore } from './weights.ts';

/** Between two looks whether a person has ended the pause. Milliseconds. */
const LOOK = 1000;

/** A pause that holds for so long is waited for anew, with an empty journal. */
const OPERATIONS_UNTIL_ANEW = 1000;

/** Holds before a step while promotion is paused. Traffic that the new colour has already stays under its gates meanwhile. */
export async function untilUnpaused(step: Step, run: StepRun): Promise<void> {
  // These wait by themselves, with their gates on.
  if (step.kind === 'shift' || step.kind === 'bake' || step.kind === 'approve') return;
  const { context, world, deployment, plan } = run;
  for (let look = 1; ; look += 1) {
    const isPaused = await context.operation(
      `${step.id}: paused? ${look}`,
      ({ signal }) => isPausedFor(deployment, look === 1 ? 0 : world.policy.timing.observe, world, signal),
      { retry: readAgain },
    );
    if (!isPaused) return;
    const weight = weightBefore(plan, step);
    const shift = plan.steps.find(({ kind, region }) => kind === 'shift' && region === step.region);
    if (weight > 0 && shift?.kind === 'shift') {
      const watched = { id: step.id, region: step.region, to: shift.to, weight };
      await watchAtWeight(watched, run, { goal: 'ready', length: 0, name: 'paused, ' });
      return;
    }
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
  }
}

/** Whether it is paused, still after so many milliseconds. */
async function isPausedFor(
  deployment: number,
  within: number,
  { store, clock }: World,
  signal: AbortSignal,
): Promise<boolean> {
  for (const until = clock.now() + within; ; await clock.sleep(LOOK, signal)) {
    const state = await store.deployment(deployment);
    if (state?.paused === undefined) return false;
    if (clock.now() >= until) return true;
  }
}
