import type { Container, ECSClient, Task } from '@aws-sdk/client-ecs';
import { ofTasks } from '../../domain/tasks.ts';
import type { RunningImages } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import { readService } from './service.ts';
import { imageContainer, readTaskDefinition } from './task-definition.ts';
import { readTasks } from './tasks.ts';

/** Compares what the tasks say they run with a digest. Tasks that are being stopped do not count. */
export async function compareRunningImages(
  place: EcsPlace,
  digest: string,
  ecs: ECSClient,
  signal: AbortSignal,
): Promise<RunningImages> {
  const service = await readService(ecs, place, signal);
  const { definition } = await readTaskDefinition(ecs, service.primary.revision, signal);
  const name = imageContainer(definition, place);
  const tasks = await readTasks(ecs, place, 'RUNNING', signal);
  if (tasks.length === 0) return { kind: 'unknown', reason: `No task of ${place.title} is running.` };
  const containers = tasks.map((task) => ({ task, container: containerOf(task, name) }));
  const other = containers.find(({ container }) => container !== undefined && differs(container, digest));
  if (other !== undefined) {
    return {
      kind: 'different',
      reason: `Task ${shortTask(other.task)} runs ${other.container?.imageDigest} instead of ${digest}.`,
    };
  }
  const silent = containers.filter(({ container }) => container?.imageDigest === undefined).length;
  if (silent > 0) {
    return {
      kind: 'unknown',
      reason: `${ofTasks(silent, tasks.length)} ${silent === 1 ? 'does not report its' : 'do not report their'} image yet.`,
    };
  }
  return { kind: 'matching', tasks: tasks.length };
}

export function containerOf(task: Task, name: string): Container | undefined {
  return task.containers?.find((container) => container.name === name);
}

function differs(container: Container, digest: string): boolean {
  if (container.imageDigest === undefined || container.imageDigest === digest) return false;
  // An image for several architectures may be reported by the digest of the one that was pulled; the name the task was
  // started with then still proves what it is, because a digest can't name anything else.
  return container.image?.endsWith(`@${digest}`) !== true;
}

function shortTask(task: Task): string {
  return task.taskArn?.split('/').at(-1)?.slice(0, 8) ?? 'without a name';
}
