import { resourceIdOf } from './autoscaling/model.ts';
import { addTarget } from './autoscaling/target-operations.ts';
import { buildImage, type Image } from './ecr/image.ts';
import { startDeployment } from './ecs/deployments.ts';
import type { Cluster, Service } from './ecs/model.ts';
import { addTaskDefinition } from './ecs/register-task-definition.ts';
import { TaskDefinitionInput } from './ecs/task-definition-input.ts';
import { type Condition, deregistrationDelay, stickinessDuration, type TargetGroup } from './elb/model.ts';
import * as names from './names.ts';
import type { Seed, SeedLoadBalancer, SeedQueue, SeedRule, SeedService, SeedTargetGroup } from './seed.ts';
import { addQueue, defaultSettings, queueArn } from './sqs/queues.ts';
import type { World } from './world.ts';

/** Puts everything of the seed into the world. The scheduler then starts its tasks. */
export function plantSeed(seed: Seed, world: World): void {
  world.images.push(...seed.images.map(buildImage));
  for (const loadBalancer of seed.loadBalancers) plantLoadBalancer(loadBalancer, world);
  for (const service of seed.services) plantService(service, world);
  for (const queue of seed.queues ?? []) plantQueue(queue, world);
}

function plantQueue({ name, redrive, ...scope }: SeedQueue, world: World): void {
  const settings = { ...defaultSettings };
  const RedrivePolicy = redrive && {
    deadLetterTargetArn: queueArn(scope, redrive.deadLetters),
    maxReceiveCount: redrive.maxReceiveCount,
  };
  addQueue(world, scope, {
    name,
    settings: { ...settings, ...(RedrivePolicy !== undefined && { RedrivePolicy }) },
  });
}

function plantLoadBalancer(seed: SeedLoadBalancer, world: World): void {
  const { account, region, name } = seed;
  const scope = { account, region, loadBalancer: name };
  const listener = names.listenerArn(scope);
  world.loadBalancers.push({
    account,
    region,
    name,
    listener,
    arn: names.loadBalancerArn(scope),
    port: seed.port ?? 0,
    idleTimeoutSeconds: seed.idleTimeoutSeconds ?? 60,
    createdAt: new Date(),
  });
  for (const group of seed.targetGroups) world.targetGroups.push(targetGroupOf(group, { account, region }));
  for (const rule of seed.rules) plantRule(rule, scope, world);
}

function plantRule(seed: SeedRule, scope: names.LoadBalancerName, world: World): void {
  const { priority = 'default' } = seed;
  const forward = Object.entries(seed.weights).map(([name, weight]) => ({
    targetGroup: names.targetGroupArn(scope, name),
    weight,
  }));
  world.rules.push({
    arn: names.ruleArn(scope, String(priority)),
    listener: names.listenerArn(scope),
    priority,
    conditions: conditionsOf(seed),
    forward,
    stickiness: { enabled: seed.stickySeconds !== undefined, durationSeconds: seed.stickySeconds },
    applied: forward,
  });
}

function conditionsOf({ header, paths, hosts }: SeedRule): Condition[] {
  const conditions: Condition[] = [];
  if (header !== undefined) {
    const { name, values } = header;
    conditions.push({ Field: 'http-header', Values: values, HttpHeaderConfig: { HttpHeaderName: name } });
  }
  if (hosts !== undefined) conditions.push({ Field: 'host-header', Values: hosts });
  if (paths !== undefined) conditions.push({ Field: 'path-pattern', Values: paths });
  return conditions;
}

function targetGroupOf(seed: SeedTargetGroup, scope: names.Scope): TargetGroup {
  const { path = '/health', intervalSeconds = 5, timeoutSeconds = 2 } = seed.healthCheck ?? {};
  return {
    ...scope,
    arn: names.targetGroupArn(scope, seed.name),
    name: seed.name,
    healthCheck: {
      path,
      intervalSeconds,
      timeoutSeconds,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      codes: '200',
    },
    attributes: new Map([
      [deregistrationDelay, String(seed.deregistrationDelaySeconds ?? 300)],
      ['stickiness.enabled', String(seed.stickySeconds !== undefined)],
      ['stickiness.type', 'lb_cookie'],
      [stickinessDuration, String(seed.stickySeconds ?? 86_400)],
      ['load_balancing.algorithm.type', 'round_robin'],
      ['slow_start.duration_seconds', '0'],
    ]),
    targets: [],
  };
}

function plantService(seed: SeedService, world: World): void {
  const { account, region, ecsService: name } = seed;
  const scope = { account, region };
  const cluster = clusterNamed(seed.cluster, scope, world);
  const image = imageOf(seed, world);
  const service: Service = {
    account,
    region,
    arn: names.serviceArn(scope, cluster.name, name),
    name,
    cluster,
    desiredCount: seed.desiredCount,
    ...(seed.targetGroup === undefined ? {} : { targetGroup: names.targetGroupArn(scope, seed.targetGroup) }),
    container: { name: seed.name, port: 8080 },
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: {
      enable: false,
      rollback: false,
      resetOnHealthyTask: true,
      threshold: { type: 'BOUNDED_PERCENT', value: 50 },
    },
    healthCheckGracePeriodSeconds: seed.healthCheckGracePeriodSeconds ?? 0,
    deployments: [],
    events: [],
    isSteady: false,
    createdAt: new Date(),
    tags: [{ key: 'team', value: 'platform' }],
  };
  const definition = addTaskDefinition(definitionOf(seed, image), { world, scope });
  startDeployment(service, definition, world).isSeeded = true;
  world.services.push(service);
  if (seed.scaling !== undefined) {
    Object.assign(addTarget(world, scope, resourceIdOf(service)), seed.scaling);
  }
}

function definitionOf(seed: SeedService, image: Image): TaskDefinitionInput {
  const isWorker = image.kind === 'worker';
  return TaskDefinitionInput.parse({
    family: seed.ecsService,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${seed.account}:role/ecs-execution`,
    taskRoleArn: `arn:aws:iam::${seed.account}:role/${seed.name}`,
    containerDefinitions: [
      {
        name: seed.name,
        image: `${names.registryHost(image)}/${image.repository}@${image.digest}`,
        essential: true,
        environment: [
          { name: 'ENVIRONMENT', value: seed.environment },
          { name: 'COLOUR', value: seed.colour },
        ],
        ...(isWorker ? { healthCheck: workerHealthCheck } : { portMappings: [{ containerPort: 8080 }] }),
      },
    ],
    tags: [
      { key: 'service', value: seed.name },
      { key: 'git_sha', value: image.commit },
    ],
  });
}

const workerHealthCheck = {
  command: ['CMD-SHELL', 'node health.js || exit 1'],
  interval: 5,
  timeout: 5,
  retries: 3,
  startPeriod: 10,
};

function imageOf(seed: SeedService, world: World): Image {
  const { account, region, repository, version } = seed;
  const image = world.images.find(
    (one) =>
      one.account === account &&
      one.region === region &&
      one.repository === repository &&
      one.version === version,
  );
  if (image === undefined) {
    throw new Error(`The seed runs ${repository} ${version}, but has no such image in ${account} ${region}`);
  }
  return image;
}

function clusterNamed(name: string, scope: names.Scope, world: World): Cluster {
  const arn = names.clusterArn(scope, name);
  const known = world.clusters.find((cluster) => cluster.arn === arn);
  if (known !== undefined) return known;
  const added = { ...scope, arn, name };
  world.clusters.push(added);
  return added;
}
