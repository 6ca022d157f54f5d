import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { type Context, type Operation, operation } from '../operation.ts';
import { findCluster, findTaskDefinition } from './find.ts';
import type { Task } from './model.ts';
import { newOneOffTask } from './new-task.ts';
import { Tag } from './task-definition-input.ts';
import { taskView } from './views.ts';

const Override = z.object({
  name: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.array(z.object({ name: z.string().optional(), value: z.string().optional() })).optional(),
});

/** Characters of all overrides together, as JSON. */
const MOST_OVERRIDES = 8192;

const Network = z.object({
  awsvpcConfiguration: z.strictObject({
    subnets: z
      .array(z.string().regex(/^subnet-[0-9a-f]+$/))
      .min(1)
      .max(16),
    securityGroups: z
      .array(z.string().regex(/^sg-[0-9a-f]+$/))
      .max(5)
      .optional(),
    assignPublicIp: z.enum(['ENABLED', 'DISABLED']).default('DISABLED'),
  }),
});

const RunTaskInput = z.looseObject({
  cluster: z.string().optional(),
  taskDefinition: z.string(),
  count: z.int().min(1).max(10).default(1),
  clientToken: z
    .string()
    .max(64)
    .regex(/^[\x21-\x7e]*$/)
    .optional(),
  startedBy: z
    .string()
    .max(128)
    .regex(/^[\w/-]*$/)
    .optional(),
  launchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES']).optional(),
  networkConfiguration: Network.optional(),
  group: z.string().optional(),
  overrides: z.looseObject({ containerOverrides: z.array(Override).default([]) }).optional(),
  tags: z.array(Tag).optional(),
});
type RunTaskInput = z.infer<typeof RunTaskInput>;

/** RunTask, which remembers client tokens: the same request again answers with the same tasks. */
export function runTask(): Operation {
  const remembered = new Map<string, { request: string; tasks: Task[] }>();
  return operation(RunTaskInput, 'InvalidParameterException', (input, context) => {
    if (input.clientToken === undefined) return answer(launch(input, context), context);
    const { account, region } = context.scope;
    const key = `${account} ${region} ${input.clientToken}`;
    const request = JSON.stringify(input);
    const before = remembered.get(key);
    if (before === undefined) {
      const tasks = launch(input, context);
      remembered.set(key, { request, tasks });
      return answer(tasks, context);
    }
    if (before.request === request) return answer(before.tasks, context);
    throw new AwsError('ConflictException', 'The client token was used before with different parameters.', {
      fields: { resourceIds: before.tasks.map(({ arn }) => arn) },
    });
  });
}

function launch(input: RunTaskInput, { world, scope, tasks: life, settings }: Context): Task[] {
  const cluster = findCluster(world, scope, input.cluster);
  const taskDefinition = findTaskDefinition(world, scope, input.taskDefinition);
  if (taskDefinition === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.');
  const overrides = input.overrides?.containerOverrides ?? [];
  const names = new Set(taskDefinition.input.containerDefinitions.map(({ name }) => name));
  for (const { name } of overrides) {
    if (name !== undefined && names.has(name)) continue;
    const message = `Override for container named ${name ?? ''} is not a container in the TaskDefinition.`;
    throw new AwsError('InvalidParameterException', message);
  }
  refuseUnfit(input, taskDefinition.input.networkMode);
  if (settings().room === 'none') {
    const message =
      'Capacity is unavailable at this time. Please try again later or in a different availability zone';
    throw new AwsError('ClientException', message);
  }
  const { startedBy, group, tags = [], count } = input;
  const hasPublicAddress = input.networkConfiguration?.awsvpcConfiguration.assignPublicIp === 'ENABLED';
  const tasks = Array.from({ length: count }, () =>
    newOneOffTask({ cluster, taskDefinition, startedBy, group, overrides, tags, hasPublicAddress }),
  );
  for (const task of tasks) life.launch(task);
  return tasks;
}

function refuseUnfit(
  { overrides, networkConfiguration }: RunTaskInput,
  networkMode: string | undefined,
): void {
  if (JSON.stringify(overrides ?? {}).length > MOST_OVERRIDES) {
    throw new AwsError('InvalidParameterException', `Overrides length must be at most ${MOST_OVERRIDES}.`);
  }
  if (networkMode !== 'awsvpc' || networkConfiguration !== undefined) return;
  const message = "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  throw new AwsError('InvalidParameterException', message);
}

function answer(tasks: readonly Task[], { world }: Context): object {
  return { tasks: tasks.map((task) => taskView(task, world)), failures: [] };
}
