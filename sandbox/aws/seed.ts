import { createHash } from 'node:crypto';
import type { ImageSource } from './ecr/image.ts';
import type { Scope } from './names.ts';
import { apiImages, workerImages } from './seed-images.ts';
import {
  previewToken,
  production,
  productionDatabase,
  productionLoadBalancer,
  productionServices,
} from './seed-production.ts';

/** What exists when the sandbox starts. Settings carry AWS's own units and defaults. */
export type Seed = {
  /** Whose access keys name no account. */
  account: string;
  images: ImageSource[];
  loadBalancers: SeedLoadBalancer[];
  services: SeedService[];
  queues?: SeedQueue[];
  /** Metrics that nothing here can measure, reported from the start. */
  levels?: Level[];
};

export type Level = {
  region: string;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  value: number;
};

/** A queue of SQS. What is received more than `maxReceiveCount` times goes to `deadLetters`, a queue before it in the list. */
export type SeedQueue = Scope & { name: string; redrive?: { deadLetters: string; maxReceiveCount: number } };

export type SeedTargetGroup = {
  name: string;
  deregistrationDelaySeconds?: number;
  /** How long a client stays with its target by a cookie; not at all unless given. */
  stickySeconds?: number;
  healthCheck?: { path?: string; intervalSeconds?: number; timeoutSeconds?: number };
};

export type SeedRule = {
  /** 1 to 50,000; the rule without one is the default rule. */
  priority?: number;
  /** Only requests with one of these values in this header. */
  header?: { name: string; values: string[] };
  /** Only these paths; `*` is a wildcard. */
  paths?: string[];
  /** Only these hosts; `*` is a wildcard. */
  hosts?: string[];
  /** Weight by target group name. */
  weights: Record<string, number>;
  /** How long a client stays with its target group by a cookie, against the weights; not at all unless given. */
  stickySeconds?: number;
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

/**
 * The sandbox's world. On staging the web service `api` and the worker `billing-worker`, both at v1.0.0; on production
 * `api` in two colours. `commitOf` says which commit an image was built from, so that images and a Git repository agree.
 */
export function sandboxSeed(
  options: {
    commitOf?: (repository: string, version: string) => string;
    now?: Date;
    apiPort?: number;
    /** What the preview header's values begin with. */
    token?: string;
  } = {},
): Seed {
  const { commitOf = inventedCommit, now = new Date(), apiPort = 0, token = previewToken } = options;
  const shared = { ...staging, environment: 'staging', cluster: 'forge-staging', colour: 'only' } as const;
  return {
    account: staging.account,
    images: [
      ...apiImages(staging, { commitOf, now }),
      ...workerImages(staging, { commitOf, now }),
      ...apiImages(production, { commitOf, now }),
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
      productionLoadBalancer(token),
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
      ...productionServices(),
    ],
    queues: [
      { ...staging, name: 'forge-schedules-dead' },
      {
        ...staging,
        name: 'forge-schedules',
        redrive: { deadLetters: 'forge-schedules-dead', maxReceiveCount: 5 },
      },
    ],
    levels: [productionDatabase],
  };
}

/** A commit that is the same on every start. */
export function inventedCommit(repository: string, version: string): string {
  return createHash('sha1').update(`${repository} ${version}`).digest('hex');
}
