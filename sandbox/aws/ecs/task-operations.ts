import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { taskArn } from '../names.ts';
import { operation } from '../operation.ts';
import { page } from '../page.ts';
import type { World } from '../world.ts';
import { findCluster, findService } from './find.ts';
import type { Cluster, Task } from './model.ts';
import { taskView } from './views.ts';

export const listTasks = operation(
  z.object({
    cluster: z.string().optional(),
    serviceName: z.string().optional(),
    family: z.string().optional(),
    startedBy: z.string().optional(),
    desiredStatus: z.enum(['RUNNING', 'PENDING', 'STOPPED']).default('RUNNING'),
    maxResults: z.int().min(1).max(100).default(100),
    nextToken: z.string().optional(),
  }),
  'InvalidParameterException',
  (input, { world, scope }) => {
    const cluster = findCluster(world, scope, input.cluster);
    const { serviceName, family, startedBy, desiredStatus } = input;
    const service = serviceName === undefined ? undefined : findService(world, cluster, serviceName);
    if (serviceName !== undefined && service === undefined) {
      throw new AwsError('ServiceNotFoundException', 'Service not found.');
    }
    const tasks = world.tasks.filter(
      (task) =>
        task.cluster === cluster &&
        task.desiredStatus === desiredStatus &&
        (service === undefined || task.service === service) &&
        (family === undefined || task.taskDefinition.family === family) &&
        (startedBy === undefined || task.startedBy === startedBy),
    );
    const { maxResults: size, nextToken: token } = input;
    const { items, nextToken } = page(tasks, { size, token, refusal: 'InvalidParameterException' });
    return { taskArns: items.map(({ arn }) => arn), nextToken };
  },
);

export const describeTasks = operation(
  z.object({
    cluster: z.string().optional(),
    tasks: z.array(z.string()).min(1).max(100),
    include: z.array(z.string()).default([]),
  }),
  'InvalidParameterException',
  (input, { world, scope }) => {
    const cluster = findCluster(world, scope, input.cluster);
    const tasks: object[] = [];
    const failures: object[] = [];
    for (const named of input.tasks) {
      const task = findTask(world, cluster, named);
      if (task === undefined) {
        const arn = named.startsWith('arn:') ? named : taskArn(scope, cluster.name, named);
        failures.push({ arn, reason: 'MISSING' });
        continue;
      }
      const view = taskView(task, world);
      tasks.push(input.include.includes('TAGS') ? view : { ...view, tags: undefined });
    }
    return { tasks, failures };
  },
);

export const stopTask = operation(
  z.object({ cluster: z.string().optional(), task: z.string(), reason: z.string().optional() }),
  'InvalidParameterException',
  (input, { world, scope, tasks }) => {
    const cluster = findCluster(world, scope, input.cluster);
    const task = findTask(world, cluster, input.task);
    if (task === undefined) {
      throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
    }
    tasks.stop(task, { code: 'UserInitiated', reason: input.reason ?? 'Task stopped by user' });
    return { task: taskView(task, world) };
  },
);

function findTask(world: World, cluster: Cluster, named: string): Task | undefined {
  return world.tasks.find((task) => task.cluster === cluster && (task.arn === named || task.id === named));
}
