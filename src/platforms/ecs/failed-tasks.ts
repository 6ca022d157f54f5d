import type { ECSClient, Task } from '@aws-sdk/client-ecs';
import type { EcsPlace } from './place.ts';
import type { Rollout } from './service.ts';
import { readTasks } from './tasks.ts';
import { inWords } from './words.ts';

/** Older failures say nothing about now. Milliseconds. */
const RECENT = 10 * 60_000;

/** Tasks of a rollout that stopped by a failure of their own within the last ten minutes, newest first. */
export async function readFailedTasks(
  ecs: ECSClient,
  place: EcsPlace,
  { rollout, now }: { rollout: Rollout; now: number },
  signal: AbortSignal,
): Promise<Task[]> {
  const stopped = await readTasks(ecs, place, 'STOPPED', signal);
  return stopped
    .filter((task) => task.startedBy === rollout.id && hasFailed(task) && stoppedAt(task, now) > now - RECENT)
    .toSorted((left, right) => stoppedAt(right, now) - stoppedAt(left, now));
}

/** Why the newest of them stopped, in words; the same reason once. */
export function reasonsOf(failed: readonly Task[]): string[] {
  return [...new Set(failed.slice(0, 3).map(reasonOf))];
}

/** Not one that ECS stopped because it was no longer wanted. */
function hasFailed(task: Task): boolean {
  if (task.stopCode === 'EssentialContainerExited' || task.stopCode === 'TaskFailedToStart') return true;
  return task.stopCode === 'ServiceSchedulerInitiated' && /health check/i.test(task.stoppedReason ?? '');
}

function reasonOf(task: Task): string {
  const broken = task.containers?.find(
    (container) => container.exitCode !== undefined && container.exitCode !== 0,
  );
  const exit = broken === undefined ? '' : ` (container ${broken.name} exited with ${broken.exitCode})`;
  const said = task.containers?.find((container) => container.reason !== undefined)?.reason;
  const detail = inWords(said ?? '');
  const reason = inWords(task.stoppedReason ?? 'no reason given');
  return `${reason}${exit}${reason.includes(detail) ? '' : `: ${detail}`}`.slice(0, 400);
}

function stoppedAt(task: Task, now: number): number {
  return task.stoppedAt?.getTime() ?? now;
}
