import { AwsError } from '../aws-error.ts';
import { newTaskId, taskArn } from '../names.ts';
import type { Cluster, ContainerOverride, Deployment, Service, Task, TaskDefinition } from './model.ts';
import type { ContainerDefinition, Tag } from './task-definition-input.ts';

/** A task that a service's deployment starts. */
export function newTask({ service, deployment }: { service: Service; deployment: Deployment }): Task {
  const { cluster } = service;
  return {
    ...plainTask({ cluster, taskDefinition: deployment.taskDefinition }),
    main: containerNamed(deployment.taskDefinition, service.container.name),
    group: `service:${service.name}`,
    startedBy: deployment.id,
    service,
    deployment,
  };
}

/** A task on its own, as RunTask starts it. */
export function newOneOffTask(options: {
  cluster: Cluster;
  taskDefinition: TaskDefinition;
  startedBy: string | undefined;
  group: string | undefined;
  overrides: ContainerOverride[];
  tags: Tag[];
  hasPublicAddress: boolean;
}): Task {
  const { taskDefinition, startedBy, overrides, tags, hasPublicAddress } = options;
  const task = { ...plainTask(options), overrides, tags, hasPublicAddress };
  task.group = options.group ?? `family:${taskDefinition.family}`;
  return startedBy === undefined ? task : { ...task, startedBy };
}

function plainTask(options: { cluster: Cluster; taskDefinition: TaskDefinition }): Task {
  const { cluster, taskDefinition } = options;
  const { account, region } = cluster;
  const id = newTaskId();
  return {
    account,
    region,
    id,
    arn: taskArn({ account, region }, cluster.name, id),
    cluster,
    taskDefinition,
    group: '',
    overrides: [],
    tags: [],
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    health: 'UNKNOWN',
    wasReady: false,
    main: firstEssential(taskDefinition),
    createdAt: new Date(),
  };
}

function containerNamed(taskDefinition: TaskDefinition, name: string): ContainerDefinition {
  const named = taskDefinition.input.containerDefinitions.find((container) => container.name === name);
  return named ?? firstEssential(taskDefinition);
}

function firstEssential({ input, arn }: TaskDefinition): ContainerDefinition {
  const [first] = input.containerDefinitions.filter(({ essential }) => essential);
  if (first === undefined) throw new AwsError('ClientException', `${arn} has no essential container`);
  return first;
}
