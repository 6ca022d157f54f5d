import type { World } from './world.ts';

/** One deployment of an ECS service, and the revision it puts there. */
export type Rollout = { service: string; id: string; family: string; revision: number };

/** What the services carry out now: the old deployment too, until its last task is gone. */
export function rolloutsOf({ services }: World): Rollout[] {
  return services.flatMap(({ name, deployments }) =>
    deployments.map(({ id, taskDefinition: { family, revision } }) => ({
      service: name,
      id,
      family,
      revision,
    })),
  );
}
