import { type StartHost, startHostInProcess, startHostProcess } from './data-plane/host.ts';
import { ChildTask } from './ecs/child-task.ts';
import { InProcessTask } from './ecs/in-process-task.ts';
import type { StartTask } from './ecs/task-process.ts';

/**
 * Where tasks and load balancers run: as processes that can be killed like real ones, or in the sandbox's own process,
 * on real ports too but started in a millisecond, for programs that need many worlds.
 */
export type Running = 'processes' | 'in-process';

export const startTask: Record<Running, StartTask> = {
  processes: (program) => new ChildTask(program),
  'in-process': (program) => new InProcessTask(program),
};

export const startLoadBalancers: Record<Running, StartHost> = {
  processes: startHostProcess,
  'in-process': startHostInProcess,
};
