import type { RolloutState } from './model.ts';

/** A service as the scheduler sees it. Only tasks that nobody asked to stop. */
export type ServiceView = {
  desiredCount: number;
  minimumHealthyPercent: number;
  maximumPercent: number;
  deployments: {
    id: string;
    status: 'PRIMARY' | 'ACTIVE';
    desiredCount: number;
    rolloutState: RolloutState;
    /** False while it waits after a failure. */
    mayStart: boolean;
  }[];
  tasks: TaskView[];
};

export type TaskView = {
  id: string;
  deployment: string;
  /** `ready`: serves well. `failing`: its health checks failed and it must be replaced. */
  state: 'starting' | 'ready' | 'failing';
};

export type Actions = {
  start: { deployment: string; count: number }[];
  stop: { task: string; why: 'failing' | 'old' | 'surplus' }[];
};

/**
 * What ECS does next for a rolling service: replace what fails, start the primary deployment's tasks up to the
 * maximum, and stop old tasks only as far as enough ready ones remain. A failed deployment starts nothing more
 * and takes nothing more away.
 */
export function nextActions(service: ServiceView): Actions {
  const failing = service.tasks.filter(({ state }) => state === 'failing');
  const standing = service.tasks.filter(({ state }) => state !== 'failing');
  const stop: Actions['stop'] = failing.map(({ id }) => ({ task: id, why: 'failing' }));
  stop.push(...surplusTasks(service, standing), ...oldTasks(service, standing));
  return { start: startsOf(service, standing), stop };
}

function startsOf(service: ServiceView, standing: readonly TaskView[]): Actions['start'] {
  const maximum = Math.floor((service.desiredCount * service.maximumPercent) / 100);
  let room = maximum - standing.length;
  const starts: Actions['start'] = [];
  for (const deployment of service.deployments) {
    if (deployment.rolloutState === 'FAILED' || !deployment.mayStart) continue;
    const missing = deployment.desiredCount - tasksOf(standing, deployment.id).length;
    const count = Math.min(missing, room);
    if (count <= 0) continue;
    room -= count;
    starts.push({ deployment: deployment.id, count });
  }
  return starts;
}

function surplusTasks(service: ServiceView, standing: readonly TaskView[]): Actions['stop'] {
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (primary === undefined) return [];
  const tasks = startingFirst(tasksOf(standing, primary.id));
  const surplus = Math.max(0, tasks.length - primary.desiredCount);
  return tasks.slice(0, surplus).map(({ id }) => ({ task: id, why: 'surplus' }));
}

function oldTasks(service: ServiceView, standing: readonly TaskView[]): Actions['stop'] {
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (primary === undefined || primary.rolloutState === 'FAILED') return [];
  const needed = Math.ceil((service.desiredCount * service.minimumHealthyPercent) / 100);
  let spare = standing.filter(({ state }) => state === 'ready').length - needed;
  const stops: Actions['stop'] = [];
  for (const task of startingFirst(standing.filter(({ deployment }) => deployment !== primary.id))) {
    if (task.state === 'ready') {
      if (spare <= 0) break;
      spare -= 1;
    }
    stops.push({ task: task.id, why: 'old' });
  }
  return stops;
}

function tasksOf(tasks: readonly TaskView[], deployment: string): TaskView[] {
  return tasks.filter((task) => task.deployment === deployment);
}

function startingFirst(tasks: readonly TaskView[]): TaskView[] {
  return tasks.toSorted((left, right) => Number(left.state === 'ready') - Number(right.state === 'ready'));
}
