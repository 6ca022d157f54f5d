import type { Deployment } from '../src/domain/deployment.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { versionOn } from './colours.ts';
import { newVersion } from './deployment-words.ts';
import { duration } from './text.ts';

/** A step as a line of a checklist, in plain text. */
export function stepTitle(step: Step, deployment: Deployment): string {
  return `${titleOf(step, deployment)}${whereOf(step.region, deployment)}`;
}

/** ` in eu-west-1`, where the plan goes through several regions. */
export function whereOf(region: string, { plan }: Deployment): string {
  return regionsOf(plan).length > 1 ? ` in ${region}` : '';
}

function titleOf(step: Step, deployment: Deployment): string {
  const version = newVersion(deployment);
  switch (step.kind) {
    case 'start':
      return `Start ${version}`;
    case 'restore':
      return `Put ${version} back`;
    case 'smoke':
      return step.through === 'preview' ? 'Try it out before it gets traffic' : 'Try it out';
    case 'verify':
      return 'Confirm what runs';
    case 'arm':
      return 'Arm the dead-man switch';
    case 'shift':
      return `Move ${step.weight} % of traffic to ${version}`;
    case 'bake':
      return `Watch ${version} at ${step.weight} %`;
    case 'approve':
      return `Ask whether to go on after ${step.weight} %`;
    case 'disarm':
      return 'Take the dead-man switch away';
    case 'standby':
      return `Keep ${versionOn(deployment, step.region, step.on)} warm for ${duration(step.seconds)}`;
    case 'return':
      return `Move all traffic back to ${versionOn(deployment, step.region, step.to)}`;
    case 'watch':
      return `Watch ${versionOn(deployment, step.region, step.on)} for ${duration(step.seconds)}`;
    case 'retire':
      return `Stop the tasks of ${versionOn(deployment, step.region, step.on)}`;
  }
}
