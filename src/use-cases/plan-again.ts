import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import { environmentNamed, serviceNamed } from '../domain/policy.ts';
import { strategyNamed } from '../strategies/index.ts';
import { planDeployment } from '../strategies/plan-deployment.ts';
import type { Adapters } from './adapters.ts';
import { livesOf } from './lives.ts';

/** `reason`: a sentence or two. */
export type PlannedAgain = { kind: 'planned'; plan: Plan } | { kind: 'failed'; reason: string };

/** The same release in the same way, planned for what is live now and under the policy of now. Errors as the platform's. */
export async function planAgain(
  { plan, ...deployment }: Pick<Deployment, 'plan' | 'service' | 'environment'>,
  { platform, policy }: Pick<Adapters, 'platform' | 'policy'>,
  signal: AbortSignal,
): Promise<PlannedAgain> {
  const service = serviceNamed(policy, deployment.service);
  const environment = environmentNamed(policy, deployment.environment);
  if (service === undefined || environment === undefined) {
    return failed(`${deployment.service} in ${deployment.environment} is not in the policy file any more.`);
  }
  const live = await livesOf(platform, service, environment.name, { signal });
  const unknown = unknownRegion(plan, Object.keys(live));
  if (unknown !== undefined) return failed(unknown);
  const isLive = Object.entries(live).every(([region, { digest }]) => digest === plan.to.digests[region]);
  if (isLive) return failed(`${plan.to.version} is live already: somebody else deployed it meanwhile.`);
  const strategy = strategyNamed(plan.strategy);
  const request = { service, environment, live, timing: policy.timing, release: plan.to };
  try {
    return {
      kind: 'planned',
      plan: planDeployment({ ...request, ...(strategy === undefined ? {} : { strategy }) }),
    };
  } catch (error) {
    if (error instanceof UserError) return failed(error.message);
    throw error;
  }
}

/** Its image was looked for where it was to run when it was asked for. */
function unknownRegion({ to }: Plan, regions: readonly string[]): string | undefined {
  if (regions.length === 0) return 'The policy file does not say any more where it runs.';
  const region = regions.find((one) => to.digests[one] === undefined);
  return region === undefined
    ? undefined
    : `It runs in ${region} as well now, and nobody has looked for the image of ${to.version} there. Ask for it again.`;
}

function failed(reason: string): PlannedAgain {
  return { kind: 'failed', reason };
}
