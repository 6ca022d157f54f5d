import { newDeploymentId } from '../names.ts';
import type { World } from '../world.ts';
import { addEvent, setRollout } from './events.ts';
import type { Deployment, Service, Task, TaskDefinition } from './model.ts';

/** Puts a new PRIMARY deployment on the service; the one before goes on as ACTIVE until its tasks are replaced. */
export function startDeployment(service: Service, taskDefinition: TaskDefinition, world: World): Deployment {
  const id = newDeploymentId();
  const now = new Date();
  const deployment: Deployment = {
    id,
    status: 'PRIMARY',
    taskDefinition,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    createdAt: now,
    updatedAt: now,
    startsAfterMs: 0,
    isSeeded: false,
  };
  retirePrimary(service, world);
  service.deployments.unshift(deployment);
  service.isSteady = false;
  return deployment;
}

/** Another number of tasks for the service and its PRIMARY deployment. This alone is no new deployment. */
export function setDesiredCount(service: Service, desiredCount: number): void {
  service.desiredCount = desiredCount;
  service.isSteady = false;
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (primary === undefined) return;
  primary.desiredCount = desiredCount;
  primary.updatedAt = new Date();
}

/** The tasks of a deployment that nobody asked to stop. */
export function standingTasks(deployment: Deployment, world: World): Task[] {
  return world.tasks.filter((task) => task.deployment === deployment && task.desiredStatus === 'RUNNING');
}

/** Ends a deployment whose tasks keep failing, as the circuit breaker is set. */
export function breakCircuit(service: Service, failed: Deployment, world: World): void {
  setRollout(failed, 'FAILED', 'ECS deployment circuit breaker: tasks failed to start.');
  addEvent(service, `(deployment ${failed.id}) deployment failed: tasks failed to start.`);
  const good = service.lastCompleted;
  if (!service.circuitBreaker.rollback || good === undefined) return;
  addEvent(service, `rolling back to (deployment ${good.id})`);
  retirePrimary(service, world);
  failed.desiredCount = 0;
  good.status = 'PRIMARY';
  good.desiredCount = service.desiredCount;
  good.failedTasks = 0;
  setRollout(good, 'IN_PROGRESS', `ECS deployment circuit breaker: rolling back to deploymentId ${good.id}.`);
  service.deployments = [good, ...service.deployments.filter((deployment) => deployment !== good)];
}

/** Failed tasks that are one too many; 0 when the circuit breaker is off. */
export function failureThreshold(service: Service): number {
  const { enable, threshold } = service.circuitBreaker;
  if (!enable) return 0;
  const share = Math.ceil((service.desiredCount * threshold.value) / 100);
  switch (threshold.type) {
    case 'COUNT':
      return threshold.value;
    case 'UNBOUNDED_PERCENT':
      return Math.max(1, share);
    case 'BOUNDED_PERCENT':
      return Math.min(200, Math.max(3, share));
  }
}

function retirePrimary(service: Service, world: World): void {
  for (const deployment of service.deployments) {
    if (deployment.status !== 'PRIMARY') continue;
    deployment.status = 'ACTIVE';
    deployment.desiredCount = standingTasks(deployment, world).length;
  }
}
