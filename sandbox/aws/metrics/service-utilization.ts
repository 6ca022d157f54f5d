import { readFile } from 'node:fs/promises';
import type { Task } from '../ecs/model.ts';
import type { World } from '../world.ts';
import type { MetricStore } from './metric-store.ts';

const namespace = 'AWS/ECS';
/** Linux counts processor time in hundredths of a second, and memory in pages. */
const ticksPerSecond = 100;
const pageBytes = 4_096;

type Usage = { processorSeconds: number; memoryBytes: number; atMs: number };

/**
 * CPUUtilization and MemoryUtilization of each service: what its tasks' processes use, in percent of what their task
 * definitions reserve. Measured where the system tells (Linux) and tasks are processes; elsewhere there is no datapoint.
 */
export class ServiceUtilization {
  readonly #before = new WeakMap<Task, Usage>();

  async measure(second: number, world: World, store: MetricStore): Promise<void> {
    for (const task of world.tasks) {
      const { pid } = task.process ?? {};
      if (pid === undefined || task.service === undefined) continue;
      const usage = await usageOf(pid);
      if (usage === undefined) return;
      const before = this.#before.get(task);
      this.#before.set(task, usage);
      if (before !== undefined) add(second, task, { before, usage, store });
    }
  }
}

function add(second: number, task: Task, seen: { before: Usage; usage: Usage; store: MetricStore }): void {
  const { before, usage, store } = seen;
  const { input } = task.taskDefinition;
  const processors = Number(input.cpu) / 1_024;
  const seconds = (usage.atMs - before.atMs) / 1_000;
  const cpu = (100 * (usage.processorSeconds - before.processorSeconds)) / (seconds * processors);
  const memory = (100 * usage.memoryBytes) / (Number(input.memory) * 1_048_576);
  const dimensions = { ClusterName: task.cluster.name, ServiceName: task.service?.name ?? '' };
  for (const [metric, value] of Object.entries({ CPUUtilization: cpu, MemoryUtilization: memory })) {
    if (!Number.isFinite(value)) continue;
    store.add(
      task,
      { namespace, metric, dimensions },
      { second, source: task.id, values: [value], counts: [1] },
    );
  }
}

/** Undefined when the process is gone or the system has no such files. */
async function usageOf(pid: number): Promise<Usage | undefined> {
  try {
    const [stat, statm] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/statm`, 'utf8'),
    ]);
    // The second field, the name in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const processorSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    return { processorSeconds, memoryBytes: Number(statm.split(' ')[1]) * pageBytes, atMs: Date.now() };
  } catch {
    return undefined;
  }
}
