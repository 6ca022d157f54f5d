import type { Step } from '../../src/domain/plan.ts';
import { readAgain } from '../trouble.ts';
import type { StepRun } from './step-run.ts';
import { settleBefore, weightBefore } from './weights.ts';

/** Since when measurements count, and how far a bake has come. Milliseconds. */
export type TakenUp = { since: number; at: number; baked: number; isExtended: boolean };

/**
 * Where a watch begins: measurements count from when the weights had settled that the step is at. Of a bake that another run
 * began, what it has already shown counts.
 */
export function takeUp(
  { context, world, deployment, plan, target }: StepRun,
  step: Pick<Step, 'id' | 'region'>,
): Promise<TakenUp> {
  return context.operation<TakenUp>(
    `${step.id}: take up`,
    async () => {
      const now = world.clock.now();
      const state = await world.store.deployment(deployment);
      const moved = weightBefore(plan, step) === 0 ? undefined : state?.traffic[target.region]?.confirmedAt;
      const since = moved === undefined ? now : moved + settleBefore(plan, step);
      const begun = state?.steps[step.id];
      const progress = begun?.kind === 'running' ? begun.progress : undefined;
      return {
        since,
        at: now,
        ...bakedOf(
          plan.steps.find(({ id }) => id === step.id),
          progress,
        ),
      };
    },
    { retry: readAgain },
  );
}

function bakedOf(
  step: Step | undefined,
  progress: { done: number; of: number } | undefined,
): { baked: number; isExtended: boolean } {
  if (step?.kind !== 'bake' || progress === undefined) return { baked: 0, isExtended: false };
  const length = Math.max(1, Math.round(step.seconds));
  const isExtended = progress.of > length;
  return { baked: 1000 * (isExtended ? progress.done - length : progress.done), isExtended };
}
