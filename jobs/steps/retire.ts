import type { Step } from '../../src/domain/plan.ts';
import { retire } from '../returning/retire.ts';
import type { StepRun } from './step-run.ts';

/** Scales the colour that lost its traffic to 0, once that is proven. */
export async function retireStep(
  { id, on }: Extract<Step, { kind: 'retire' }>,
  { context, world, deployment, target, tell }: StepRun,
): Promise<string> {
  return retire(context, { deployment, target, on, prefix: `${id}: `, tell }, world);
}
