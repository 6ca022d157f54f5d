import { createHash } from 'node:crypto';
import type { ImageSource } from './ecr/image.ts';
import type { Scope } from './names.ts';

/** What exists when the sandbox starts. Settings carry AWS's own units and defaults. */
export type Seed = {
  /** Whose access keys name no account. */
  account: string;
  images: ImageSource[];
  loadBalancers: SeedLoadBalancer[];
  services: SeedService[];
};

export type SeedTargetGroup = {
  name: string;
  deregistrationDelaySeconds?: number;
  healthCheck?: { path?: string; intervalSeconds?: number; timeoutSeconds?: number };
};

export type SeedRule = {
  /** 1 to 50,000; the rule without one is the default rule. */
  priority?: number;
  /** Only requests with one of these values in this header. */
  header?: { name: string; values: string[] };
  /** Only these paths; `*` is a wildcard. */
  paths?: string[];
  /** Weight by target group name. */
  weights: Record<string, number>;
};

export type SeedLoadBalancer = Scope & {
  name: string;
  /** Wanted public port; a free one when it is taken or not given. */
  port?: number;
  idleTimeoutSeconds?: number;
  targetGroups: SeedTargetGroup[];
  rules: SeedRule[];
};

export type SeedService = Scope & {
  /** The service as people know it; two colours of one service share it. */
  name: string;
  environment: string;
  cluster: string;
  /** The name in ECS. */
  ecsService: string;
  colour: 'blue' | 'green' | 'only';
  /** Absent for a worker. */
  loadBalancer?: string;
  targetGroup?: string;
  repository: string;
  version: string;
  desiredCount: number;
  healthCheckGracePeriodSeconds?: number;
  /** Registers the service with Application Auto Scaling. */
  scaling?: { minCapacity: number; maxCapacity: number };
};

const staging: Scope = { account: '111111111111', region: 'us-east-1' };

/** Version, branch and age in hours of each image. Only those of main are meant to be deployed. */
const builds: [version: string, branch: string, hoursAgo: number][] = [
  ['v1.0.0', 'main', 72],
  ['v1.2.0-crash', 'feature/crash', 30],
  ['v1.2.1-hang', 'feature/hang', 29],
  ['v1.2.2-unhealthy', 'feature/unhealthy', 28],
  ['v1.2.3-broken', 'feature/broken', 27],
  ['v1.1.0', 'main', 2],
];

/**
 * The sandbox's world: the web service `api` and the worker `billing-worker` on staging, both at v1.0.0.
 * `commitOf` says which commit an image was built from, so that images and a Git repository agree.
 */
export function sandboxSeed(
  options: { commitOf?: (repository: string, version: string) => string; now?: Date; apiPort?: number } = {},
): Seed {
  const { commitOf = inventedCommit, now = new Date(), apiPort = 0 } = options;
  const image = (repository: string, kind: 'web' | 'worker', build: (typeof builds)[number]): ImageSource => {
    const [version, branch, hoursAgo] = build;
    const pushedAt = new Date(now.getTime() - hoursAgo * 3_600_000);
    return { ...staging, repository, kind, version, branch, pushedAt, commit: commitOf(repository, version) };
  };
  const shared = { ...staging, environment: 'staging', cluster: 'forge-staging', colour: 'only' } as const;
  return {
    account: staging.account,
    images: [
      ...builds.map((build) => image('acme-api', 'web', build)),
      ...builds
        .filter(([, branch]) => branch === 'main')
        .map((build) => image('acme-billing-worker', 'worker', build)),
    ],
    loadBalancers: [
      {
        ...staging,
        name: 'forge-staging',
        port: apiPort,
        targetGroups: [{ name: 'api', deregistrationDelaySeconds: 10 }],
        // The default rule of a listener can't be changed by ModifyRule, so traffic goes by a rule of its own.
        rules: [{ priority: 100, paths: ['/*'], weights: { api: 1 } }, { weights: { api: 1 } }],
      },
    ],
    services: [
      {
        ...shared,
        name: 'api',
        ecsService: 'api',
        loadBalancer: 'forge-staging',
        targetGroup: 'api',
        repository: 'acme-api',
        version: 'v1.0.0',
        desiredCount: 2,
        healthCheckGracePeriodSeconds: 30,
      },
      {
        ...shared,
        name: 'billing-worker',
        ecsService: 'billing-worker',
        repository: 'acme-billing-worker',
        version: 'v1.0.0',
        desiredCount: 1,
      },
    ],
  };
}

/** A commit that is the same on every start. */
export function inventedCommit(repository: string, version: string): string {
  return createHash('sha1').update(`${repository} ${version}`).digest('hex');
}
