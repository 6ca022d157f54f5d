import { resolveImage } from '../ecr/image.ts';
import type { World } from '../world.ts';
import { standingTasks } from './deployments.ts';
import type { Deployment, Service, Task, TaskDefinition } from './model.ts';

/** What the API shows of each thing. */
export function taskDefinitionView(definition: TaskDefinition): object {
  const { tags: _, ...input } = definition.input;
  return {
    ...input,
    taskDefinitionArn: definition.arn,
    revision: definition.revision,
    status: 'ACTIVE',
    requiresAttributes: [],
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: definition.registeredAt,
    registeredBy: `arn:aws:iam::${definition.account}:root`,
    volumes: input.volumes ?? [],
    placementConstraints: input.placementConstraints ?? [],
  };
}

export function serviceView(service: Service, world: World): object {
  const [primary] = service.deployments;
  const { circuitBreaker, container } = service;
  const tasks = world.tasks.filter((task) => task.service === service);
  const loadBalancers =
    service.targetGroup === undefined
      ? []
      : [
          {
            targetGroupArn: service.targetGroup,
            containerName: container.name,
            containerPort: container.port,
          },
        ];
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers,
    status: 'ACTIVE',
    desiredCount: service.desiredCount,
    ...taskCounts(tasks),
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    taskDefinition: primary?.taskDefinition.arn,
    deploymentConfiguration: {
      deploymentCircuitBreaker: {
        enable: circuitBreaker.enable,
        rollback: circuitBreaker.rollback,
        resetOnHealthyTask: circuitBreaker.resetOnHealthyTask,
        thresholdConfiguration: circuitBreaker.threshold,
      },
      maximumPercent: service.maximumPercent,
      minimumHealthyPercent: service.minimumHealthyPercent,
      strategy: 'ROLLING',
    },
    deployments: service.deployments.map((deployment) => deploymentView(deployment, world)),
    events: service.events.map((event) => ({ ...event })),
    createdAt: service.createdAt,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: true,
    propagateTags: 'TASK_DEFINITION',
    healthCheckGracePeriodSeconds:
      service.targetGroup === undefined ? undefined : service.healthCheckGracePeriodSeconds,
    tags: service.tags,
  };
}

/** What a read shows now: for a moment after an update, the service as it was. */
export function readService(service: Service, world: World): object {
  const { stale } = service;
  if (stale !== undefined && Date.now() < stale.untilMs) return stale.view;
  return serviceView(service, world);
}

function deploymentView(deployment: Deployment, world: World): object {
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition.arn,
    desiredCount: deployment.desiredCount,
    ...taskCounts(standingTasks(deployment, world)),
    failedTasks: deployment.failedTasks,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

function taskCounts(tasks: readonly Task[]): { runningCount: number; pendingCount: number } {
  return {
    runningCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingCount: tasks.filter(({ lastStatus }) => lastStatus === 'PROVISIONING' || lastStatus === 'PENDING')
      .length,
  };
}

export function taskView(task: Task, world: World): object {
  const { input } = task.taskDefinition;
  return {
    taskArn: task.arn,
    clusterArn: task.cluster.arn,
    taskDefinitionArn: task.taskDefinition.arn,
    group: task.group,
    startedBy: task.startedBy,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus: task.health,
    connectivity: 'CONNECTED',
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    cpu: input.cpu,
    memory: input.memory,
    containers: input.containerDefinitions.map((container) => containerView(task, container, world)),
    overrides: { containerOverrides: task.overrides },
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppingAt: task.stoppingAt,
    stoppedAt: task.stoppedAt,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    tags: [...task.tags, ...task.taskDefinition.tags],
    version: 1,
  };
}

function containerView(task: Task, container: Task['main'], world: World): object {
  const isMain = container === task.main;
  const own = task.containers?.[container.name];
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${container.name}`,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    // Known once the image is pulled.
    imageDigest: isMain ? task.image?.digest : sidecarDigest(task, container.image, world),
    lastStatus: own?.lastStatus ?? containerStatus(task),
    exitCode: own?.exitCode ?? (isMain ? task.exitCode : undefined),
    reason: own?.reason ?? (isMain ? task.containerReason : undefined),
    healthStatus: isMain ? task.health : 'UNKNOWN',
    networkBindings: [],
    networkInterfaces: [],
  };
}

function sidecarDigest(task: Task, image: string, world: World): string | undefined {
  return task.startedAt === undefined ? undefined : resolveImage(world.images, image)?.digest;
}

function containerStatus(task: Task): string {
  if (task.lastStatus === 'STOPPED') return 'STOPPED';
  // One that is really run says so itself.
  return task.startedAt === undefined || task.main.entryPoint !== undefined ? 'PENDING' : 'RUNNING';
}

/** How long a stale read lasts after an update, milliseconds. */
export function staleMs(world: World): number {
  const { minMs, maxMs } = world.timing.staleReads;
  return minMs + Math.random() * (maxMs - minMs);
}
