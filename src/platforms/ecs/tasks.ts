import { DescribeTasksCommand, type ECSClient, paginateListTasks, type Task } from '@aws-sdk/client-ecs';
import { callAws } from '../../aws/call.ts';
import type { EcsPlace } from './place.ts';

/** AWS describes at most this many tasks in one call. */
const CHUNK = 100;

/** The service's tasks that are wanted running, or that were stopped within about the last hour. */
export async function readTasks(
  ecs: ECSClient,
  place: EcsPlace,
  desiredStatus: 'RUNNING' | 'STOPPED',
  signal: AbortSignal,
): Promise<Task[]> {
  const { cluster, ecsService } = place;
  const names: string[] = [];
  await callAws(`list the tasks of ${place.title}`, signal, async (options) => {
    const pages = paginateListTasks(
      { client: ecs },
      { cluster, serviceName: ecsService, desiredStatus },
      options,
    );
    for await (const page of pages) names.push(...(page.taskArns ?? []));
  });
  const tasks: Task[] = [];
  for (let from = 0; from < names.length; from += CHUNK) {
    const command = new DescribeTasksCommand({ cluster, tasks: names.slice(from, from + CHUNK) });
    const answer = await callAws(`read the tasks of ${place.title}`, signal, (options) =>
      ecs.send(command, options),
    );
    tasks.push(...(answer.tasks ?? []));
  }
  return tasks;
}
