import type { TaskState } from '../../parts.ts';
import { scaledMs, type World } from '../world.ts';
import type { Service, Task } from './model.ts';
import type { TaskView } from './next-actions.ts';

export type TaskVerdict = { state: TaskView['state']; reason: string };

/** How the scheduler judges a task of a service now. */
export function judgeTask(task: Task, service: Service, world: World): TaskVerdict {
  if (task.lastStatus !== 'RUNNING' || task.startedAt === undefined) return starting;
  if (task.health === 'UNHEALTHY') return failing('Task failed container health checks');
  const runningMs = Date.now() - task.startedAt.getTime();
  const verdicts: TaskVerdict[] = [];
  if (task.main.healthCheck !== undefined) verdicts.push(task.health === 'HEALTHY' ? ready : starting);
  if (service.targetGroup !== undefined) verdicts.push(judgeTarget(task, service, { world, runningMs }));
  if (verdicts.length === 0) return runningMs >= world.timing.settleMs ? ready : starting;
  return verdicts.find(({ state }) => state === 'failing') ?? verdicts.find(isStarting) ?? ready;
}

/** The same for people. Only for a task that has not stopped. */
export function taskStateOf(task: Task, world: World): TaskState {
  switch (task.lastStatus) {
    case 'PROVISIONING':
      return 'waiting';
    case 'PENDING':
      return 'pulling';
    case 'DEACTIVATING':
      return 'draining';
    case 'RUNNING':
      return task.service === undefined ? 'healthy' : servingState(task, task.service, world);
    case 'STOPPING':
    case 'DEPROVISIONING':
    case 'STOPPED':
      return 'stopping';
  }
}

function servingState(task: Task, service: Service, world: World): TaskState {
  const { state } = judgeTask(task, service, world);
  switch (state) {
    case 'ready':
      return 'healthy';
    case 'failing':
      return 'unhealthy';
    case 'starting':
      return 'starting';
  }
}

const starting: TaskVerdict = { state: 'starting', reason: '' };
const ready: TaskVerdict = { state: 'ready', reason: '' };

function failing(reason: string): TaskVerdict {
  return { state: 'failing', reason };
}

function isStarting({ state }: TaskVerdict): boolean {
  return state === 'starting';
}

function judgeTarget(task: Task, service: Service, now: { world: World; runningMs: number }): TaskVerdict {
  const group = now.world.targetGroups.find(({ arn }) => arn === service.targetGroup);
  const target = group?.targets.find(({ port, isDraining }) => port === task.port && !isDraining);
  if (group === undefined || target === undefined || target.verdict.state === 'initial') return starting;
  if (target.verdict.state === 'healthy') return ready;
  const graceMs = scaledMs(now.world, service.healthCheckGracePeriodSeconds);
  if (now.runningMs < graceMs) return starting;
  return failing(`Task failed ELB health checks in (target-group ${group.arn})`);
}
