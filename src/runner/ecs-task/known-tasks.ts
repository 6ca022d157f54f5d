import { DescribeTasksCommand, paginateListTasks, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { attemptBy, callAws, changeAws } from '../../aws/call.ts';
import type { AwsClients } from '../../aws/clients.ts';
import type { CheckTask } from '../../domain/policy.ts';

/** Said to AWS of what Forge itself ends, and found again there. */
export const ENDED_BY_FORGE = 'Forge has ended this check.';

/** AWS may not show yet what it has just begun. Milliseconds. */
export const SHOWN_WITHIN = 60_000;

/** AWS describes at most this many tasks in one call. */
const MOST = 100;

export type Place = { task: Pick<CheckTask, 'region' | 'cluster'>; clients: AwsClients };

/** Tasks that were started under a name: those that run, and those that stopped within about the last hour; the newest first. */
export async function tasksNamed(
  name: string,
  { task, clients }: Place,
  signal: AbortSignal,
): Promise<Task[]> {
  const client = clients.in(task.region).act.ecs;
  const { cluster } = task;
  const arns: string[] = [];
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    await callAws('list the tasks of a check', signal, async (options) => {
      const pages = paginateListTasks({ client }, { cluster, startedBy: name, desiredStatus }, options);
      for await (const page of pages) arns.push(...(page.taskArns ?? []));
    });
  }
  const tasks = await described(arns.slice(0, MOST), { task, clients }, signal);
  return tasks.sort((left, right) => Number(right.createdAt ?? 0) - Number(left.createdAt ?? 0));
}

/** Those of the tasks that AWS knows. */
export async function described(
  tasks: readonly string[],
  { task: { region, cluster }, clients }: Place,
  signal: AbortSignal,
): Promise<Task[]> {
  if (tasks.length === 0) return [];
  const command = new DescribeTasksCommand({ cluster, tasks: [...tasks] });
  const answer = await callAws('read the task of a check', signal, (options) =>
    clients.in(region).act.ecs.send(command, options),
  );
  return answer.tasks ?? [];
}

/** Idempotent: a task that has stopped is left as it is. */
export async function endTask(
  arn: string,
  { task: { region, cluster }, clients }: Place,
  signal: AbortSignal,
): Promise<void> {
  const command = new StopTaskCommand({ cluster, task: arn, reason: ENDED_BY_FORGE });
  await changeAws('end the task of a check', { signal }, (attempt) => {
    attemptBy(attempt, command);
    return clients.in(region).act.ecs.send(command);
  });
}

/** Whether its end says nothing about the command. */
export function isEndedByForge({ stoppedReason }: Task): boolean {
  return stoppedReason === ENDED_BY_FORGE;
}
