import type { Deployment } from '../src/domain/deployment.ts';
import { regionsOf, type Step } from '../src/domain/plan.ts';
import { newVersion } from './deployment-words.ts';

/** A step as a line of a checklist, in plain text. */
export function stepTitle(step: Step, deployment: Deployment): string {
  const version = newVersion(deployment);
  const where = regionsOf(deployment.plan).length > 1 ? ` in ${step.region}` : '';
  switch (step.kind) {
    case 'start':
      return `Start ${version}${where}`;
    case 'restore':
      return `Put ${version} back${where}`;
    case 'smoke':
      return `Try it out${where}`;
    case 'verify':
      return `Confirm what runs${where}`;
  }
}
