import type { Deployment } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';
import { stepTitle, whereOf } from './step-title.ts';
import { duration } from './text.ts';

/** Steps that people see as one thing: what moves traffic to a weight, watches it there and asks whether to go on. Never empty. */
export type StepGroup = { steps: Step[]; region: string; title: string };

export function stepGroups(deployment: Deployment): StepGroup[] {
  const groups: Step[][] = [];
  for (const step of deployment.plan.steps) {
    const last = groups.at(-1);
    if (last !== undefined && joins(step, last)) last.push(step);
    else groups.push([step]);
  }
  return groups.map((steps) => ({
    steps,
    region: steps[0]?.region ?? '',
    title: groupTitle(steps, deployment),
  }));
}

function joins(step: Step, group: readonly Step[]): boolean {
  const last = group.at(-1);
  if (last?.region !== step.region) return false;
  switch (step.kind) {
    case 'shift':
      return last.kind === 'arm';
    case 'bake':
    case 'approve':
      return last.kind === 'shift' || last.kind === 'bake';
    case 'standby':
      return last.kind === 'disarm';
    case 'start':
    case 'restore':
    case 'smoke':
    case 'verify':
    case 'arm':
    case 'disarm':
    case 'return':
    case 'watch':
    case 'retire':
      return false;
  }
}

function groupTitle(steps: readonly Step[], deployment: Deployment): string {
  const shift = steps.find(({ kind }) => kind === 'shift');
  const main = shift ?? steps.at(-1);
  if (main === undefined) return '';
  if (shift?.kind !== 'shift' || steps.length === 1) return stepTitle(main, deployment);
  const bake = steps.find((step) => step.kind === 'bake');
  const time = bake?.kind === 'bake' ? ` for ${duration(bake.seconds)}` : '';
  const ask = steps.some(({ kind }) => kind === 'approve') ? ', then ask' : '';
  return `${shift.weight} % of traffic${whereOf(shift.region, deployment)}${time}${ask}`;
}
