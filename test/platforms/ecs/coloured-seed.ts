import { ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import type { Seed, SeedLoadBalancer, SeedRule, SeedService } from '../../../sandbox/aws/seed.ts';
import type { Colours } from '../../../src/domain/policy.ts';

/** A service in colours: blue serves `v1.0.0` with `tasks` tasks, green carries it too and has `idleTasks`, none unless told. */
export type InColours = {
  name: string;
  tasks: number;
  idleTasks?: number;
  /** Least and most tasks of both colours by auto scaling, which is off unless told. */
  scaling?: { minCapacity: number; maxCapacity: number };
  /** What a test has against its load balancer. */
  odd?: (balancer: SeedLoadBalancer) => SeedLoadBalancer;
};

const scope = { account: '111111111111', region: 'us-east-1' };
const header = 'X-Forge-Preview';
/** Of the two rules that split the traffic. */
const priorities = [100, 101];

/** How the policy names what `withColours` plants. */
export function coloursOf(name: string): Colours {
  const colour = (on: string) => ({
    service: `${name}-${on}`,
    targetGroup: targetGroupArn(scope, `${name}-${on}`),
  });
  return {
    blue: colour('blue'),
    green: colour('green'),
    rules: priorities.map((priority) => ruleArn({ ...scope, loadBalancer: name }, String(priority))),
    preview: { header, valueFrom: 'FORGE_PREVIEW_TOKEN' },
  };
}

/** The seed with a load balancer and two ECS services more for each. */
export function withColours(seed: Seed, coloured: readonly InColours[]): Seed {
  return {
    ...seed,
    loadBalancers: [
      ...seed.loadBalancers,
      ...coloured.map(({ name, odd = (balancer) => balancer }) => odd(balancerOf(name))),
    ],
    services: [...seed.services, ...coloured.flatMap(servicesOf)],
  };
}

function balancerOf(name: string): SeedLoadBalancer {
  const weights = { [`${name}-blue`]: 100, [`${name}-green`]: 0 };
  const paths = ['/v2/*', '/*'];
  return {
    ...scope,
    name,
    targetGroups: Object.keys(weights).map((each) => ({
      name: each,
      deregistrationDelaySeconds: 5,
      healthCheck: { intervalSeconds: 5, timeoutSeconds: 4 },
    })),
    rules: [
      previewRule(10, `secret-blue`, `${name}-blue`),
      previewRule(11, `secret-green`, `${name}-green`),
      ...priorities.map((priority, index) => ({ priority, paths: [paths[index] ?? '/*'], weights })),
      { weights: { [`${name}-blue`]: 1 } },
    ],
  };
}

function previewRule(priority: number, value: string, targetGroup: string): SeedRule {
  return { priority, header: { name: header, values: [value] }, weights: { [targetGroup]: 1 } };
}

function servicesOf({ name, tasks, idleTasks = 0, scaling }: InColours): SeedService[] {
  return (['blue', 'green'] as const).map((colour) => ({
    ...scope,
    name,
    environment: 'staging',
    cluster: 'test',
    ecsService: `${name}-${colour}`,
    colour,
    loadBalancer: name,
    targetGroup: `${name}-${colour}`,
    repository: 'acme-web',
    version: 'v1.0.0',
    desiredCount: colour === 'blue' ? tasks : idleTasks,
    // Time for tasks to start on a busy machine, however fast this AWS turns.
    healthCheckGracePeriodSeconds: 300,
    ...(scaling === undefined ? {} : { scaling }),
  }));
}
