import { randomUUID } from 'node:crypto';
import type { Deployment, Service, Task } from './model.ts';

/** Adds a line to the service's events in the words of ECS. */
export function addEvent(service: Service, message: string): void {
  const text = `(service ${service.name}) ${message}`;
  service.events.unshift({ id: randomUUID(), createdAt: new Date(), message: text });
  service.events.splice(100);
}

/**
 * Counts a task that failed before it ever served well. ECS waits before it tries again.
 * `restartDelayMs`: until then the deployment starts nothing, milliseconds.
 */
export function countFailure(task: Task, restartDelayMs: number): void {
  const { deployment } = task;
  if (deployment === undefined || task.wasReady) return;
  deployment.failedTasks += 1;
  deployment.updatedAt = new Date();
  deployment.startsAfterMs = Date.now() + restartDelayMs;
}

export function setRollout(deployment: Deployment, state: Deployment['rolloutState'], reason: string): void {
  deployment.rolloutState = state;
  deployment.rolloutStateReason = reason;
  deployment.updatedAt = new Date();
}
