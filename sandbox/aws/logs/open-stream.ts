import type { Task } from '../ecs/model.ts';
import type { ContainerDefinition } from '../ecs/task-definition-input.ts';
import type { World } from '../world.ts';
import type { LogStream } from './model.ts';

/** Where what a container prints goes, as the log driver awslogs does it: no stream without a first line, and no empty lines. */
export function openStream(
  task: Task,
  { name, logConfiguration }: ContainerDefinition,
  world: World,
): (line: string) => void {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix, 'awslogs-region': region } = options;
  if (logDriver !== 'awslogs' || group === undefined || prefix === undefined || region === undefined)
    return () => undefined;
  const { account } = task;
  const stream: LogStream = { account, region, group, name: `${prefix}/${name}/${task.id}`, events: [] };
  return (message) => {
    if (message === '') return;
    if (stream.events.length === 0) world.logStreams.push(stream);
    const printedAt = Date.now();
    stream.events.push({ message, printedAt, shownAt: printedAt + world.timing.logDelayMs });
  };
}
