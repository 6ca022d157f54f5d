import type { Plan, Step } from '../../src/domain/plan.ts';

/** Percent of traffic the new colour has before a step, by the plan. */
export function weightBefore(plan: Plan, step: Pick<Step, 'id' | 'region'>): number {
  const before = plan.steps.slice(
    0,
    plan.steps.findIndex(({ id }) => id === step.id),
  );
  const shift = before.findLast((each) => each.kind === 'shift' && each.region === step.region);
  return shift?.kind === 'shift' ? shift.weight : 0;
}

/** The weight that comes after a step; nothing where it is the last. */
export function nextWeight(plan: Plan, step: Pick<Step, 'id' | 'region'>): { next?: number } {
  const after = plan.steps.slice(plan.steps.findIndex(({ id }) => id === step.id));
  const shift = after.find((each) => each.kind === 'shift' && each.region === step.region);
  return shift?.kind === 'shift' ? { next: shift.weight } : {};
}

/** Milliseconds between the change to the weight that a step is at and the first measurement that counts. */
export function settleBefore(plan: Plan, step: Pick<Step, 'id' | 'region'>): number {
  const before = plan.steps.slice(
    0,
    plan.steps.findIndex(({ id }) => id === step.id),
  );
  const shift = before.findLast((each) => each.kind === 'shift' && each.region === step.region);
  return shift?.kind === 'shift' ? shift.settleSeconds * 1000 : 0;
}
