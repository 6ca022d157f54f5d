import type { Seed } from '../../sandbox/aws/seed.ts';

/** How much time an AWS in a hurry leaves a task all the same. Seconds of that AWS. */
type Patience = {
  healthTimeoutSeconds?: number;
  idleTimeoutSeconds?: number;
  /** Instead of what the seed says. */
  deregistrationDelaySeconds?: number;
};

const GRACE_SECONDS = 10_000;

/** The seed with patience for a busy machine, which must neither make a good task look sick nor cut a request. */
export function patientSeed(seed: Seed, patience: Patience = {}): Seed {
  const { healthTimeoutSeconds = 250, idleTimeoutSeconds = 1_000, deregistrationDelaySeconds } = patience;
  const drain = deregistrationDelaySeconds === undefined ? {} : { deregistrationDelaySeconds };
  return {
    ...seed,
    services: seed.services.map((service) => ({ ...service, healthCheckGracePeriodSeconds: GRACE_SECONDS })),
    loadBalancers: seed.loadBalancers.map((loadBalancer) => ({
      ...loadBalancer,
      idleTimeoutSeconds,
      targetGroups: loadBalancer.targetGroups.map((group) => ({
        ...group,
        ...drain,
        healthCheck: { ...group.healthCheck, timeoutSeconds: healthTimeoutSeconds },
      })),
    })),
  };
}
