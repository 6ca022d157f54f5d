import type { Aws } from '../../../sandbox/aws/aws.ts';

/** What was really done to one ECS service, whoever asked how often. */
export type Effects = {
  /** Deployments ECS began for it so far. */
  rollouts(): number;
  /** The highest revision a deployment of it ever named. */
  revision(): number;
  stop(): void;
};

export function watchEffects(aws: Aws, service: string): Effects {
  const ids = new Set<string>();
  let revision = 0;
  const look = () => {
    for (const rollout of aws.rollouts()) {
      if (rollout.service !== service) continue;
      ids.add(rollout.id);
      revision = Math.max(revision, rollout.revision);
    }
  };
  look();
  const stop = aws.subscribe(look);
  return { rollouts: () => ids.size, revision: () => revision, stop };
}
