import type { Step } from '../../src/domain/plan.ts';
import { readAgain } from '../trouble.ts';
import { watchAtWeight } from './bake.ts';
import type { StepRun } from './step-run.ts';

/** Asks a person whether it may go on, with the gates on meanwhile. Throws `NobodyAnswered` at the deadline. */
export async function approveStep(
  step: Extract<Step, { kind: 'approve' }>,
  run: StepRun,
): Promise<string | undefined> {
  const { context, world, deployment } = run;
  const isApproved = await context.operation(
    `${step.id}: approved?`,
    async () => (await world.store.deployment(deployment))?.approved.includes(step.id) ?? false,
    { retry: readAgain },
  );
  if (isApproved) return undefined;
  const { because } = await watchAtWeight(step, run, { goal: 'approve', length: 0 });
  await run.record('approved', [{ type: 'approved', step: step.id }]);
  return because;
}
