import type { ImageSource } from '../../../sandbox/aws/ecr/image.ts';
import { buildImage } from '../../../sandbox/aws/ecr/image.ts';
import type { Running } from '../../../sandbox/aws/running.ts';
import { inventedCommit, type Seed, type SeedService } from '../../../sandbox/aws/seed.ts';
import type { Timing } from '../../../sandbox/aws/timing.ts';
import type { Policy, ServicePolicy } from '../../../src/domain/policy.ts';
import type { Release, Target } from '../../../src/domain/release.ts';
import { createEcsPlatform, type EcsPlatformOptions } from '../../../src/platforms/ecs/platform.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import type { SourceControl } from '../../../src/ports/source-control.ts';
import { createEcrSourceControl } from '../../../src/source-control/ecr.ts';
import { type SandboxAws, startSandboxAws } from '../../aws/sandbox-aws.ts';
import { anEnvironmentPolicy, aPolicy, aServicePolicy } from '../../builders.ts';
import { coloursOf, type InColours, withColours } from './coloured-seed.ts';

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

type OnOne = { name: string; kind: 'web' | 'worker'; tasks: number };

/** The ECS adapter on the sandbox's AWS: each service serves `v1.0.0` with `tasks` tasks, one in colours on blue. */
export async function startEcsWorld(options: {
  services?: OnOne[];
  coloured?: InColours[];
  timing?: Partial<Timing>;
  visibleWithin?: number;
  running?: Running;
  /** How long a task of a service without colours may fail its health checks at first; default: 30. */
  graceSeconds?: number;
}): Promise<EcsWorld> {
  const { services = [], coloured = [], timing = {}, visibleWithin = 3_000, running = 'processes' } = options;
  const seed = withColours(seedOf(services, options.graceSeconds ?? 30), coloured);
  const sandbox = await startSandboxAws({ seed, timing, running });
  const policy = policyOf(services, coloured);
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

function seedOf(services: readonly OnOne[], healthCheckGracePeriodSeconds: number): Seed {
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
        ...(kind === 'web' ? { loadBalancer: name, targetGroup: name, healthCheckGracePeriodSeconds } : {}),
      }),
    ),
  };
}

function policyOf(services: readonly OnOne[], coloured: readonly InColours[]): Policy {
  const names = [...services.map(servicePolicy), ...coloured.map(colouredPolicy)];
  const { account, region } = scope;
  return aPolicy({
    services: names,
    environments: [anEnvironmentPolicy({ name: 'staging', account, regions: [region] })],
  });
}

function servicePolicy({ name, kind }: OnOne): ServicePolicy {
  const run = { region: scope.region, cluster: 'test', service: name };
  return aServicePolicy({ name, kind, image: imageOf(kind), runs: { staging: [run] } });
}

function colouredPolicy({ name }: InColours): ServicePolicy {
  const run = { region: scope.region, cluster: 'test', colours: coloursOf(name) };
  return aServicePolicy({ name, image: imageOf('web'), runs: { staging: [run] } });
}

function imageOf(kind: OnOne['kind']): string {
  return `{account}.dkr.ecr.{region}.amazonaws.com/acme-${kind}:git-{commit}`;
}
