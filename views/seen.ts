import type { Deployment } from '../src/domain/deployment.ts';

/** What a button of the message carries: what it was shown for, so that a late click does nothing. */
export function seen(deployment: Deployment): { deployment: number; generation: number; digest: string } {
  return {
    deployment: deployment.number,
    generation: deployment.generation,
    digest: deployment.plan.digest,
  };
}
