import { setTimeout as sleep } from 'node:timers/promises';
import { scaledMs, type World } from '../world.ts';
import type { Task } from './model.ts';
import type { TaskProcess } from './task-process.ts';

/** Runs the container's health check, where it has one, until the task is asked to stop. */
export async function watchContainerHealth(
  task: Task,
  process: TaskProcess,
  world: World,
  signal: AbortSignal,
): Promise<void> {
  const check = task.main.healthCheck;
  if (check === undefined) return;
  const startedAt = Date.now();
  let failures = 0;
  while (task.desiredStatus === 'RUNNING') {
    await sleep(scaledMs(world, check.interval), undefined, { signal });
    const isHealthy = await process.isHealthy(Math.max(scaledMs(world, check.timeout), 1_000));
    const isStarting = Date.now() - startedAt < scaledMs(world, check.startPeriod);
    failures = isHealthy || isStarting ? 0 : failures + 1;
    if (isHealthy) become(task, 'HEALTHY', world);
    else if (failures >= check.retries) become(task, 'UNHEALTHY', world);
  }
}

function become(task: Task, health: Task['health'], world: World): void {
  if (task.health === health) return;
  task.health = health;
  world.changed();
}
