import { ruleArn, targetGroupArn } from '../../sandbox/aws/names.ts';
import type { Seed } from '../../sandbox/aws/seed.ts';
import type { DeadManPolicy, Policy } from '../../src/domain/policy.ts';
import type { Split } from '../../src/domain/traffic.ts';
import { anEnvironmentPolicy, aPolicy, aRun, aServicePolicy } from '../builders.ts';
import { twoColours } from '../sandbox/aws/two-colours.ts';
import { type SandboxAws, startSandboxAws } from './sandbox-aws.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
export const api = { service: 'api', environment: 'production', region: scope.region };

/** Two rules, changed together: blue takes all traffic, green none. */
export const rules = ['90', '100'].map((priority) =>
  ruleArn({ ...scope, loadBalancer: 'forge-production' }, priority),
);
export const targetGroups = {
  blue: targetGroupArn(scope, 'api-blue'),
  green: targetGroupArn(scope, 'api-green'),
};

export type TwoColouredAws = SandboxAws & {
  /** Moves the weights of both rules past Forge. */
  weigh(split: Split): void;
};

/** The sandbox's AWS with `api` in two colours. */
export async function startTwoColouredAws(): Promise<TwoColouredAws> {
  const sandbox = await startSandboxAws({ seed: withTwoRules(twoColours()) });
  return {
    ...sandbox,
    weigh: (split) => {
      sandbox.aws.weigh({ service: 'api', environment: 'production', ...split });
    },
  };
}

function withTwoRules(seed: Seed): Seed {
  const second = { priority: 90, paths: ['/v2/*'], weights: { 'api-blue': 100, 'api-green': 0 } };
  return {
    ...seed,
    loadBalancers: seed.loadBalancers.map((one) => ({ ...one, rules: [...one.rules, second] })),
  };
}

/** The policy of that world. */
export function twoColouredPolicy(
  change: {
    deadMan?: DeadManPolicy;
    database?: { instance: string; maxConnections: number };
    rules?: string[];
  } = {},
): Policy {
  const { service: _, ...run } = aRun({ region: scope.region, cluster: 'forge-production' });
  const preview = { header: 'X-Forge-Preview', valueFrom: 'FORGE_PREVIEW_TOKEN' };
  const colours = {
    blue: { service: 'api-blue', targetGroup: targetGroups.blue },
    green: { service: 'api-green', targetGroup: targetGroups.green },
    rules: change.rules ?? rules,
    preview,
  };
  const { deadMan, database } = change;
  return aPolicy({
    services: [
      aServicePolicy({
        name: 'api',
        database: database === undefined ? {} : { production: database },
        runs: { production: [{ ...run, colours }] },
      }),
    ],
    environments: [
      anEnvironmentPolicy({
        account: scope.account,
        regions: [scope.region],
        ...(deadMan === undefined ? {} : { deadMan }),
      }),
    ],
  });
}
