import { type Seed, sandboxSeed } from '../../../sandbox/aws/seed.ts';

/** One service in two colours behind one load balancer, blue live; green is reached through a preview header. */
export function twoColours(): Seed {
  const scope = { account: '111111111111', region: 'us-east-1' };
  const shared = {
    ...scope,
    name: 'api',
    environment: 'production',
    cluster: 'forge-production',
    loadBalancer: 'forge-production',
    repository: 'acme-api',
    desiredCount: 1,
    healthCheckGracePeriodSeconds: 300,
  };
  const preview = { name: 'X-Forge-Preview', values: ['secret'] };
  const targetGroups = ['api-blue', 'api-green'].map((name) => ({ name, deregistrationDelaySeconds: 5 }));
  return {
    ...sandboxSeed(),
    loadBalancers: [
      {
        ...scope,
        name: 'forge-production',
        targetGroups,
        rules: [
          { priority: 10, header: preview, weights: { 'api-green': 1 } },
          { priority: 100, paths: ['/*'], weights: { 'api-blue': 100, 'api-green': 0 } },
          { weights: { 'api-blue': 1 } },
        ],
      },
    ],
    services: [
      { ...shared, colour: 'blue', ecsService: 'api-blue', targetGroup: 'api-blue', version: 'v1.0.0' },
      { ...shared, colour: 'green', ecsService: 'api-green', targetGroup: 'api-green', version: 'v1.1.0' },
    ],
  };
}
