import type { World } from '../world.ts';
import { breakCircuit, failureThreshold, standingTasks } from './deployments.ts';
import { addEvent, countFailure, setRollout } from './events.ts';
import type { Deployment, Service, Task } from './model.ts';
import { newTask } from './new-task.ts';
import { type Actions, nextActions } from './next-actions.ts';
import type { TaskLife } from './task-life.ts';
import { judgeTask, type TaskVerdict } from './task-state.ts';

/** How long a stopped task can still be described, as in ECS. */
const stoppedTaskMs = 3_600_000;

/** Brings every service, step by step, to what is wanted of it. */
export class Scheduler {
  readonly #world: World;
  readonly #tasks: TaskLife;
  #timer: NodeJS.Timeout | undefined;

  constructor(world: World, tasks: TaskLife) {
    this.#world = world;
    this.#tasks = tasks;
  }

  start(): void {
    this.tick();
    this.#timer = setInterval(() => this.tick(), this.#world.timing.tickMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  tick(): void {
    for (const service of this.#world.services) this.#reconcile(service);
    this.#forgetOldTasks();
  }

  #reconcile(service: Service): void {
    const verdicts = this.#judge(service);
    const actions = nextActions(viewOf(service, verdicts));
    this.#stop(service, actions, verdicts);
    this.#start(service, actions);
    this.#settle(service, verdicts);
  }

  #judge(service: Service): Map<Task, TaskVerdict> {
    const verdicts = new Map<Task, TaskVerdict>();
    for (const task of this.#world.tasks) {
      if (task.service !== service || task.desiredStatus === 'STOPPED') continue;
      const verdict = judgeTask(task, service, this.#world);
      verdicts.set(task, verdict);
      if (verdict.state === 'ready' && !task.wasReady) noteReady(task, service);
    }
    return verdicts;
  }

  #stop(service: Service, actions: Actions, verdicts: ReadonlyMap<Task, TaskVerdict>): void {
    for (const { task: id, why } of actions.stop) {
      const task = this.#world.tasks.find((candidate) => candidate.id === id);
      if (task?.deployment === undefined) continue;
      if (why === 'failing') this.#stopFailing(service, task, verdicts.get(task)?.reason ?? '');
      else this.#stopUnneeded(service, task, task.deployment);
    }
  }

  #stopFailing(service: Service, task: Task, reason: string): void {
    addEvent(service, `(task ${task.id}) ${reason.replace('Task ', '')}.`);
    countFailure(task, this.#world.timing.restartDelayMs);
    this.#tasks.stop(task, { code: 'ServiceSchedulerInitiated', reason });
  }

  #stopUnneeded(service: Service, task: Task, deployment: Deployment): void {
    if (deployment.status === 'ACTIVE') deployment.desiredCount = Math.max(0, deployment.desiredCount - 1);
    addEvent(service, `has stopped 1 running tasks: (task ${task.id}).`);
    const reason = `Scaling activity initiated by (deployment ${deployment.id})`;
    this.#tasks.stop(task, { code: 'ServiceSchedulerInitiated', reason });
  }

  #start(service: Service, actions: Actions): void {
    for (const { deployment: id, count } of actions.start) {
      const deployment = service.deployments.find((candidate) => candidate.id === id);
      if (deployment === undefined) continue;
      const started = Array.from({ length: count }, () => newTask({ service, deployment }));
      for (const task of started) this.#tasks.launch(task);
      const names = started.map((task) => `(task ${task.id})`).join(' ');
      addEvent(service, `has started ${count} tasks: ${names}.`);
    }
  }

  #settle(service: Service, verdicts: ReadonlyMap<Task, TaskVerdict>): void {
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (primary === undefined) return;
    const threshold = failureThreshold(service);
    const isBroken = threshold > 0 && primary.failedTasks >= threshold;
    if (primary.rolloutState === 'IN_PROGRESS' && isBroken) {
      breakCircuit(service, primary, this.#world);
      this.#world.changed();
      return;
    }
    service.deployments = service.deployments.filter(
      (deployment) => deployment === primary || this.#hasTasks(deployment),
    );
    if (service.deployments.length === 1) this.#steady(service, primary, verdicts);
  }

  #steady(service: Service, primary: Deployment, verdicts: ReadonlyMap<Task, TaskVerdict>): void {
    const standing = standingTasks(primary, this.#world);
    const ready = standing.filter((task) => verdicts.get(task)?.state === 'ready');
    const isSteady = ready.length === service.desiredCount && standing.length === ready.length;
    if (!isSteady || primary.rolloutState === 'FAILED') {
      service.isSteady = false;
      return;
    }
    if (!service.isSteady) addEvent(service, 'has reached a steady state.');
    service.isSteady = true;
    if (primary.rolloutState !== 'IN_PROGRESS') return;
    setRollout(primary, 'COMPLETED', `ECS deployment ${primary.id} completed.`);
    addEvent(service, `(deployment ${primary.id}) deployment completed.`);
    service.lastCompleted = primary;
    this.#world.changed();
  }

  #hasTasks(deployment: Deployment): boolean {
    return this.#world.tasks.some((task) => task.deployment === deployment && task.lastStatus !== 'STOPPED');
  }

  #forgetOldTasks(): void {
    const before = Date.now() - stoppedTaskMs;
    const { tasks } = this.#world;
    const kept = tasks.filter(({ stoppedAt }) => stoppedAt === undefined || stoppedAt.getTime() > before);
    if (kept.length < tasks.length) tasks.splice(0, tasks.length, ...kept);
  }
}

function noteReady(task: Task, service: Service): void {
  task.wasReady = true;
  if (service.circuitBreaker.resetOnHealthyTask && task.deployment !== undefined) {
    task.deployment.failedTasks = 0;
  }
}

function viewOf(service: Service, verdicts: ReadonlyMap<Task, TaskVerdict>) {
  const now = Date.now();
  return {
    ...service,
    deployments: service.deployments.map((deployment) => ({
      ...deployment,
      mayStart: deployment.startsAfterMs <= now,
    })),
    tasks: [...verdicts].map(([task, { state }]) => ({
      id: task.id,
      deployment: task.deployment?.id ?? '',
      state,
    })),
  };
}
