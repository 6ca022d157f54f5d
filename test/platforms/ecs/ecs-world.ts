import type { ImageSource } from '../../../sandbox/aws/ecr/image.ts';
import { buildImage } from '../../../sandbox/aws/ecr/image.ts';
import { inventedCommit, type Seed, type SeedService } from '../../../sandbox/aws/seed.ts';
import type { Timing } from '../../../sandbox/aws/timing.ts';
import type { Policy, ServicePolicy } from '../../../src/domain/policy.ts';
import type { Release, Target } from '../../../src/domain/release.ts';
import { createEcsPlatform, type EcsPlatformOptions } from '../../../src/platforms/ecs/platform.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import type { SourceControl } from '../../../src/ports/source-control.ts';
import { createEcrSourceControl } from '../../../src/source-control/ecr.ts';
import { type SandboxAws, startSandboxAws } from '../../aws/sandbox-aws.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
const versions = ['v1.0.0', 'v1.1.0', 'v1.2.0-crash', 'v1.2.2-unhealthy'] as const;
export type Version = (typeof versions)[number];

export type EcsWorld = SandboxAws & {
  policy: Policy;
  sourceControl: SourceControl;
  platform: Platform;
  /** Another one of the same world, as after a restart. */
  anotherPlatform(options?: Partial<EcsPlatformOptions>): Platform;
};

/** The ECS adapter on the sandbox's AWS: each service serves `v1.0.0` with `tasks` tasks. */
export async function startEcsWorld(options: {
  services: { name: string; kind: 'web' | 'worker'; tasks: number }[];
  timing?: Partial<Timing>;
  visibleWithin?: number;
}): Promise<EcsWorld> {
  const { timing = {}, visibleWithin = 3_000 } = options;
  const sandbox = await startSandboxAws({ seed: seedOf(options.services), timing });
  const policy = policyOf(options.services);
  const { clients } = sandbox;
  const sourceControl = createEcrSourceControl({ policy, clients });
  const anotherPlatform = (changes: Partial<EcsPlatformOptions> = {}) =>
    createEcsPlatform({
      policy,
      clients,
      describeImage: (request, call) => sourceControl.describe(request, call),
      timing: { visibleWithin },
      ...changes,
    });
  return { ...sandbox, policy, sourceControl, anotherPlatform, platform: anotherPlatform() };
}

export function targetOf(service: string): Target {
  return { service, environment: 'staging', region: scope.region };
}

export function releaseOf(service: string, version: Version, kind: 'web' | 'worker' = 'web'): Release {
  const { digest, commit } = buildImage(sourceOf(version, kind));
  return { service, version, commit, digests: { [scope.region]: digest } };
}

function sourceOf(version: Version, kind: 'web' | 'worker'): ImageSource {
  const repository = `acme-${kind}`;
  const commit = inventedCommit(repository, version);
  const minutes = versions.indexOf(version);
  const pushedAt = new Date(Date.UTC(2026, 10, 2, 10, minutes));
  return { ...scope, repository, kind, version, branch: 'main', commit, pushedAt };
}

function seedOf(services: readonly { name: string; kind: 'web' | 'worker'; tasks: number }[]): Seed {
  const web = services.filter(({ kind }) => kind === 'web').map(({ name }) => name);
  return {
    account: scope.account,
    images: (['web', 'worker'] as const).flatMap((kind) =>
      versions.map((version) => sourceOf(version, kind)),
    ),
    loadBalancers: web.map((name) => ({
      ...scope,
      name,
      targetGroups: [
        { name, deregistrationDelaySeconds: 5, healthCheck: { intervalSeconds: 5, timeoutSeconds: 4 } },
      ],
      rules: [{ weights: { [name]: 1 } }],
    })),
    services: services.map(
      ({ name, kind, tasks }): SeedService => ({
        ...scope,
        name,
        environment: 'staging',
        cluster: 'test',
        ecsService: name,
        colour: 'only',
        repository: `acme-${kind}`,
        version: 'v1.0.0',
        desiredCount: tasks,
        ...(kind === 'web'
          ? { loadBalancer: name, targetGroup: name, healthCheckGracePeriodSeconds: 30 }
          : {}),
      }),
    ),
  };
}

function policyOf(services: readonly { name: string; kind: 'web' | 'worker' }[]): Policy {
  return {
    version: 'test',
    services: services.map(servicePolicy),
    environments: [
      {
        name: 'staging',
        account: scope.account,
        channel: 'C0DEPLOYS',
        branch: 'main',
        regions: [scope.region],
        strategy: 'rolling',
      },
    ],
    admins: [],
    timing: {
      poll: 100,
      observe: 1_000,
      startWithin: 20_000,
      smokeWithin: 5_000,
      silence: 5_000,
      questionWithin: 60_000,
      messageEvery: 1_000,
      messageRefresh: 10_000,
    },
  };
}

function servicePolicy({ name, kind }: { name: string; kind: 'web' | 'worker' }): ServicePolicy {
  return {
    name,
    title: name,
    kind,
    repository: `acme/${kind}`,
    image: `{account}.dkr.ecr.{region}.amazonaws.com/acme-${kind}:git-{commit}`,
    smoke: { tests: [], timesInARow: 1 },
    runs: { staging: [{ region: scope.region, cluster: 'test', service: name }] },
  };
}
