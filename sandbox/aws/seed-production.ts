import type { Scope } from './names.ts';
import type { Level, SeedLoadBalancer, SeedRule, SeedService } from './seed.ts';

export const production: Scope = { account: '222222222222', region: 'us-east-1' };

/** The secret of the sandbox's preview rules; Forge is told by FORGE_PREVIEW_TOKEN. */
export const previewToken = 'preview';

/** The connections of the database that both colours share. */
export const productionDatabase: Level = {
  region: production.region,
  namespace: 'AWS/RDS',
  metric: 'DatabaseConnections',
  dimensions: { DBInstanceIdentifier: 'forge-production' },
  value: 20,
};

const loadBalancer = 'forge-production';
const paths = ['/v2/*', '/*'];

/**
 * Two rules carry production's traffic, and are changed together. Two more, before them, lead whoever knows the token
 * to one colour, whatever the weights are: `X-Forge-Preview: <token>-green`. They keep both target groups in use.
 */
export function productionLoadBalancer(token: string): SeedLoadBalancer {
  return {
    ...production,
    name: loadBalancer,
    targetGroups: ['api-blue', 'api-green'].map((name) => ({ name, deregistrationDelaySeconds: 10 })),
    rules: [
      previewRule({ priority: 10, value: `${token}-blue`, targetGroup: 'api-blue' }),
      previewRule({ priority: 11, value: `${token}-green`, targetGroup: 'api-green' }),
      ...paths.map((path, index) => ({
        priority: 100 + index,
        paths: [path],
        weights: { 'api-blue': 100, 'api-green': 0 },
      })),
      { weights: { 'api-blue': 1 } },
    ],
  };
}

/** `api` in two colours: blue is live, green ran the release before and is scaled to 0. */
export function productionServices(): SeedService[] {
  const shared = {
    ...production,
    name: 'api',
    environment: 'production',
    cluster: 'forge-production',
    loadBalancer,
    repository: 'acme-api',
    healthCheckGracePeriodSeconds: 30,
    scaling: { minCapacity: 2, maxCapacity: 10 },
  };
  return [
    {
      ...shared,
      ...{ colour: 'blue', ecsService: 'api-blue', targetGroup: 'api-blue' },
      ...{ version: 'v1.0.0', desiredCount: 2 },
    },
    {
      ...shared,
      ...{ colour: 'green', ecsService: 'api-green', targetGroup: 'api-green' },
      ...{ version: 'v0.9.0', desiredCount: 0 },
    },
  ];
}

function previewRule(given: { priority: number; value: string; targetGroup: string }): SeedRule {
  const { priority, value, targetGroup } = given;
  return { priority, header: { name: 'X-Forge-Preview', values: [value] }, weights: { [targetGroup]: 1 } };
}
