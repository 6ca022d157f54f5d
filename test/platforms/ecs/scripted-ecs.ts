import type { Policy } from '../../../src/domain/policy.ts';
import type { DescribeImage } from '../../../src/platforms/ecs/live.ts';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import { type Script, type ScriptedAws, startScriptedAws } from '../../aws/scripted-aws.ts';
import { anEnvironmentPolicy, aPolicy, aServicePolicy } from '../../builders.ts';

/** What the script is about: version `v2.0.0` of `api` on its way to staging, where `api:1` is. */
export const target = { service: 'api', environment: 'staging', region: 'us-east-1' };
export const family = 'arn:aws:ecs:us-east-1:111111111111:task-definition/api';
export const digest = `sha256:${'a'.repeat(64)}`;
export const release = {
  service: 'api',
  version: 'v2.0.0',
  commit: 'c'.repeat(40),
  digests: { 'us-east-1': digest },
};
export const registry = '111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-api';

export type Surroundings = {
  image?: string;
  status?: string;
  tags?: object[];
  sidecar?: boolean;
  running?: object[];
  stopped?: object[];
  describeImage?: DescribeImage;
};

export type ScriptedEcs = {
  platform: Platform;
  calls: ScriptedAws['calls'];
  /** What UpdateService was asked for. */
  updates(): Record<string, unknown>[];
  close(): Promise<void>;
};

/** The ECS adapter on an AWS that describes one service as the test wants it. */
export async function startScriptedEcs(
  described: object,
  surroundings: Surroundings = {},
  odd: Partial<Policy['services'][number]> = {},
): Promise<ScriptedEcs> {
  const aws = await startScriptedAws(scriptOf(described, surroundings));
  const platform = createEcsPlatform({
    policy: policyOf(odd),
    clients: aws.clients,
    describeImage: surroundings.describeImage ?? (async () => undefined),
    timing: { visibleWithin: 0 },
    now: () => 1_000_000,
  });
  return {
    platform,
    calls: aws.calls,
    updates: () =>
      aws.calls.flatMap(({ operation, input }) => (operation === 'UpdateService' ? [input] : [])),
    close: aws.close,
  };
}

function scriptOf(described: object, surroundings: Surroundings): Script {
  const {
    image = `${registry}:v1.0.0`,
    status = 'ACTIVE',
    tags = [],
    running = [],
    stopped = [],
  } = surroundings;
  const api = { name: 'api', essential: true, image };
  const proxy = { name: 'proxy', essential: true, image: 'envoy:1' };
  const taskDefinition = {
    taskDefinitionArn: `${family}:1`,
    family: 'api',
    status,
    containerDefinitions: surroundings.sidecar === true ? [api, proxy] : [api],
  };
  return {
    DescribeServices: () => ({ services: [described] }),
    DescribeTaskDefinition: () => ({ taskDefinition, tags }),
    RegisterTaskDefinition: () => ({
      taskDefinition: { ...taskDefinition, taskDefinitionArn: `${family}:2` },
    }),
    UpdateService: () => ({ service: described }),
    ListTasks: (input) => ({ taskArns: input.desiredStatus === 'STOPPED' ? ['s'] : ['r'] }),
    DescribeTasks: (input) => ({ tasks: JSON.stringify(input.tasks) === '["s"]' ? stopped : running }),
  };
}

export function service(deployments: object[] = [rollout({})]): object {
  return {
    status: 'ACTIVE',
    desiredCount: 1,
    deployments,
    loadBalancers: [],
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: { strategy: 'ROLLING', maximumPercent: 200 },
  };
}

export function rollout(odd: object): object {
  return {
    id: 'ecs-svc/1',
    status: 'PRIMARY',
    taskDefinition: `${family}:1`,
    rolloutState: 'COMPLETED',
    runningCount: 1,
    pendingCount: 0,
    failedTasks: 0,
    createdAt: 900,
    ...odd,
  };
}

function policyOf(odd: Partial<Policy['services'][number]>): Policy {
  const region = 'us-east-1';
  return aPolicy({
    services: [
      aServicePolicy({
        name: 'api',
        kind: 'worker',
        image: '{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}',
        runs: { staging: [{ region, cluster: 'forge-staging', service: 'api' }] },
        ...odd,
      }),
    ],
    environments: [anEnvironmentPolicy({ name: 'staging', account: '111111111111', regions: [region] })],
  });
}

export function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(10_000) };
}
