import { setTimeout as sleep } from 'node:timers/promises';
import type { Influence } from '../../sample-service/conduct.ts';
import { pullImage } from '../ecr/image.ts';
import type { TargetGroup } from '../elb/model.ts';
import { drainTarget, registerTarget } from '../elb/targets.ts';
import { scaledMs, type World } from '../world.ts';
import { watchContainerHealth } from './container-health.ts';
import { ContainersTask } from './containers-task.ts';
import { addEvent, countFailure } from './events.ts';
import { freePort } from './free-port.ts';
import type { StopCode, Task } from './model.ts';
import type { StartTask, TaskProcess, TaskProgram } from './task-process.ts';
import { taskVariables } from './task-variables.ts';

/** Lives every task from its place to its end: pull, start, traffic, drain, stop. */
export class TaskLife {
  readonly #world: World;
  readonly #start: StartTask;
  readonly #influenceOn: (task: Task) => Influence;
  readonly #end = new AbortController();

  /** `influenceOn` says what changes how well a task serves, from its start on. */
  constructor(world: World, start: StartTask, influenceOn: (task: Task) => Influence) {
    this.#world = world;
    this.#start = start;
    this.#influenceOn = influenceOn;
  }

  launch(task: Task): void {
    this.#world.tasks.push(task);
    this.#world.changed();
    this.#run(this.#live(task));
  }

  /** As StopTask: out of traffic, drain, SIGTERM, and SIGKILL after the stop timeout. Idempotent. */
  stop(task: Task, why: { code: StopCode; reason: string }): void {
    if (task.desiredStatus === 'STOPPED') return;
    noteStop(task, why);
    this.#run(this.#wind(task));
    this.#world.changed();
  }

  /** Lets the running tasks feel what `influenceOn` says now. */
  adapt(): void {
    for (const task of this.#world.tasks) task.process?.adapt(this.#influenceOn(task));
  }

  /** Kills every process. Resolves when they are gone. */
  async close(): Promise<void> {
    this.#end.abort();
    const processes = this.#world.tasks.flatMap(({ process }) => process ?? []);
    await Promise.all(processes.map((process) => process.stop(0)));
  }

  async #live(task: Task): Promise<void> {
    const { timing } = this.#world;
    const isSeeded = task.deployment?.isSeeded === true;
    await this.#pause(isSeeded ? 0 : timing.provisionMs);
    this.#become(task, 'PENDING');
    await this.#pause(isSeeded ? 0 : timing.pullMs);
    if (hasStopped(task)) return;
    const image = pullImage(this.#world.images, task.main.image);
    if (image === undefined) {
      this.#failToStart(task);
      return;
    }
    task.image = image;
    if (task.main.entryPoint !== undefined) {
      await this.#contain(task);
      return;
    }
    const port = await freePort(this.#world);
    this.#end.signal.throwIfAborted();
    if (hasStopped(task)) return;
    task.port = port;
    await this.#serve(task, this.#start(this.#program(task, port)));
  }

  /** Containers that bring programs of their own. */
  async #contain(task: Task): Promise<void> {
    task.startedAt = new Date();
    const containers = new ContainersTask(task, this.#world);
    task.process = containers;
    this.#become(task, 'RUNNING');
    const exitCode = await containers.exited;
    if (exitCode >= 0) task.exitCode = exitCode;
    if (task.desiredStatus === 'RUNNING') {
      const hasRun = exitCode >= 0;
      noteStop(task, {
        code: hasRun ? 'EssentialContainerExited' : 'TaskFailedToStart',
        reason: hasRun
          ? 'Essential container in task exited'
          : 'A container that others wait for did not succeed',
      });
    }
    this.#finish(task);
  }

  #program(task: Task, port: number): TaskProgram {
    const override = task.overrides.find(({ name }) => name === task.main.name);
    return {
      words: override?.command ?? task.main.command ?? [],
      variables: taskVariables(task, { port, startMs: this.#world.timing.startMs }),
    };
  }

  async #serve(task: Task, process: TaskProcess): Promise<void> {
    task.process = process;
    process.adapt(this.#influenceOn(task));
    task.startedAt = new Date();
    this.#become(task, 'RUNNING');
    this.#register(task);
    this.#run(watchContainerHealth(task, process, this.#world, this.#end.signal));
    const exitCode = await process.exited;
    task.exitCode = exitCode;
    if (task.wasReady && task.desiredStatus === 'RUNNING') await this.#pause(this.#world.timing.noticeMs);
    if (task.desiredStatus === 'RUNNING') {
      noteStop(task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
      countFailure(task, this.#world.timing.restartDelayMs);
      this.#run(this.#deregister(task));
    }
    this.#finish(task);
  }

  async #wind(task: Task): Promise<void> {
    const { process } = task;
    if (process === undefined) {
      this.#finish(task);
      return;
    }
    this.#become(task, 'DEACTIVATING');
    await this.#deregister(task);
    if (process.hasEnded) return;
    this.#become(task, 'STOPPING');
    await process.stop(scaledMs(this.#world, task.main.stopTimeout ?? 30));
  }

  #register(task: Task): void {
    const group = this.#groupOf(task);
    if (group === undefined || task.port === undefined || task.service === undefined) return;
    registerTarget(this.#world, group, task.port);
    addEvent(task.service, `registered 1 targets in (target-group ${group.arn})`);
  }

  async #deregister(task: Task): Promise<void> {
    const group = this.#groupOf(task);
    const target = group?.targets.find(({ port, isDraining }) => port === task.port && !isDraining);
    if (group === undefined || target === undefined || task.service === undefined) return;
    addEvent(task.service, 'has begun draining connections on 1 tasks.');
    addEvent(task.service, `deregistered 1 targets in (target-group ${group.arn})`);
    await drainTarget(this.#world, group, target, this.#end.signal);
  }

  #groupOf(task: Task): TargetGroup | undefined {
    return this.#world.targetGroups.find(({ arn }) => arn === task.service?.targetGroup);
  }

  #failToStart(task: Task): void {
    const { image } = task.main;
    const reason = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`;
    noteStop(task, { code: 'TaskFailedToStart', reason });
    task.containerReason = reason;
    countFailure(task, this.#world.timing.restartDelayMs);
    this.#finish(task);
  }

  #finish(task: Task): void {
    task.lastStatus = 'STOPPED';
    task.stoppedAt = new Date();
    this.#world.changed();
  }

  #become(task: Task, status: Task['lastStatus']): void {
    if (task.lastStatus === 'STOPPED') return;
    task.lastStatus = status;
    this.#world.changed();
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#end.signal });
  }

  /** Follows something that goes on by itself, until the world ends. */
  #run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.#end.signal.aborted) console.error('A task of the sandbox failed', error);
    });
  }
}

function noteStop(task: Task, why: { code: StopCode; reason: string }): void {
  task.desiredStatus = 'STOPPED';
  task.stopCode = why.code;
  task.stoppedReason = why.reason;
  task.stoppingAt = new Date();
}

/** A function, because the task changes while others wait. */
function hasStopped(task: Task): boolean {
  return task.lastStatus === 'STOPPED';
}
