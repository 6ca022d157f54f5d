import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStream } from '../logs/open-stream.ts';
import type { World } from '../world.ts';
import { startOrder } from './container-order.ts';
import { ContainerProcess } from './container-process.ts';
import type { Task } from './model.ts';
import type { ContainerDefinition } from './task-definition-input.ts';
import type { TaskProcess } from './task-process.ts';

/**
 * A task whose containers bring programs of their own (an entry point): they are really run, one after the other as they wait for
 * each other, with the volumes they share. Others are stood in for by the sample service.
 */
export class ContainersTask implements TaskProcess {
  /** Of the main container; -1 when it never ran. */
  readonly exited: Promise<number>;
  readonly #task: Task;
  readonly #world: World;
  #running: ContainerProcess | undefined;
  #isOver = false;
  #isStopping = false;

  constructor(task: Task, world: World) {
    this.#task = task;
    this.#world = world;
    this.exited = this.#run();
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  get hasEnded(): boolean {
    return this.#isOver;
  }

  async stop(timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#running?.stop(timeoutMs);
    await this.exited;
  }

  async isHealthy(): Promise<boolean> {
    return !this.#isOver;
  }

  adapt(): void {
    // What runs here is no service that could be slow or failing.
  }

  async #run(): Promise<number> {
    const { containerDefinitions: containers, volumes = [] } = this.#task.taskDefinition.input;
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-task-'));
    const sources = new Map<string, string>();
    for (const { name } of volumes) sources.set(name, await mkdtemp(join(folder, 'volume-')));
    try {
      for (const container of startOrder(containers) ?? []) {
        if (this.#isStopping || !this.#mayStart(container)) break;
        await this.#contain(container, sources);
      }
      return this.#task.containers?.[this.#task.main.name]?.exitCode ?? -1;
    } finally {
      this.#isOver = true;
      await rm(folder, { recursive: true, force: true });
    }
  }

  #mayStart({ dependsOn = [] }: ContainerDefinition): boolean {
    return dependsOn.every(
      ({ containerName, condition }) =>
        condition !== 'SUCCESS' || this.#task.containers?.[containerName]?.exitCode === 0,
    );
  }

  /** What others wait for brings them what they need; they themselves reach out only with an address of their own. */
  #hasNetwork({ name }: ContainerDefinition): boolean {
    const { containerDefinitions } = this.#task.taskDefinition.input;
    const isWaitedFor = containerDefinitions.some(({ dependsOn = [] }) =>
      dependsOn.some(({ containerName }) => containerName === name),
    );
    return isWaitedFor || this.#task.hasPublicAddress === true;
  }

  async #contain(container: ContainerDefinition, sources: ReadonlyMap<string, string>): Promise<void> {
    const { name, entryPoint = [], command = [], user, mountPoints = [] } = container;
    const override = this.#task.overrides.find((one) => one.name === name);
    this.#running = new ContainerProcess({
      words: [...entryPoint, ...(override?.command ?? command)],
      variables: variablesOf(this.#task, container),
      user,
      network: this.#hasNetwork(container),
      mounts: mountPoints.flatMap(({ sourceVolume, containerPath: path }) => {
        const source = sources.get(sourceVolume);
        return source === undefined ? [] : [{ source, path }];
      }),
      print: openStream(this.#task, container, this.#world),
    });
    this.#note(name, { lastStatus: 'RUNNING' });
    const ended = await this.#running.ended;
    this.#note(name, {
      lastStatus: 'STOPPED',
      ...(typeof ended === 'number' ? { exitCode: ended } : { reason: ended }),
    });
  }

  #note(name: string, state: NonNullable<Task['containers']>[string]): void {
    this.#task.containers = { ...this.#task.containers, [name]: state };
    this.#world.changed();
  }
}

/** The task definition's, the task's own, and those that Fargate gives every container. */
function variablesOf(
  { overrides, taskDefinition, id, region }: Task,
  container: ContainerDefinition,
): Record<string, string> {
  const { taskRoleArn } = taskDefinition.input;
  const own = overrides.find(({ name }) => name === container.name)?.environment ?? [];
  const given = [...(container.environment ?? []), ...own].flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, value ?? ''] as const],
  );
  return {
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    AWS_REGION: region,
    ECS_CONTAINER_METADATA_URI_V4: `http://169.254.170.2/v4/${id}`,
    ...(taskRoleArn === undefined ? {} : { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `/v2/credentials/${id}` }),
    ...Object.fromEntries(given),
  };
}
