import type { Aws } from '../../../sandbox/aws/aws.ts';
import type { Environment } from './deploy-world.ts';

/** What was really done, whoever asked how often. */
export type Effects = {
  /** Forgets what was. */
  begin(): void;
  /** Deployments ECS began for the api since. */
  rollouts(): number;
  /** Task definitions that were registered since. */
  revisions(): number;
  stop(): void;
};

const SERVICES: Record<Environment, readonly string[]> = {
  staging: ['api'],
  production: ['api-blue', 'api-green'],
};

export function watchEffects(aws: Aws, environment: Environment): Effects {
  const ids = new Set<string>();
  let rolloutsBefore = 0;
  let revisionsBefore = 0;
  const look = () => {
    for (const { service, id } of aws.rollouts()) {
      if (SERVICES[environment].includes(service)) ids.add(id);
    }
  };
  look();
  const stop = aws.subscribe(look);
  const revisions = () => aws.truth.taskDefinitions.length;
  return {
    begin() {
      look();
      rolloutsBefore = ids.size;
      revisionsBefore = revisions();
    },
    rollouts: () => ids.size - rolloutsBefore,
    revisions: () => revisions() - revisionsBefore,
    stop,
  };
}
