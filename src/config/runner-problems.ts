import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

const reached = {
  user: 'Another user of this machine reaches the same network as Forge.',
  none: 'A command without isolation reaches the same network as Forge.',
  'ecs-task': 'A task of ECS reaches whatever its security groups let it.',
} as const;

/** Settings of the runner that cannot be kept together. */
export function runnerProblems({ runner }: PolicyFile, yaml: YamlFile): Problem[] {
  if (runner === undefined) return [];
  const { isolation, user, network, reach, task, folder, 'at once': atOnce } = runner;
  const problems: Problem[] = [];
  const tell = (key: string, message: string) =>
    problems.push(yaml.problemAt(['runner', key], message, 'value'));
  if (isolation === 'user' && user === undefined) {
    tell('isolation', 'Say which user. Add user: forge-runner, a user of this machine that owns nothing.');
  }
  if (isolation === 'ecs-task' && task === undefined) {
    tell('isolation', 'Say which task. Add task: { region, cluster, definition, subnets, security groups }.');
  }
  if (isolation !== 'ecs-task' && task !== undefined) {
    tell(
      'task',
      'Commands run on this machine, not in a task of ECS. Remove it, or write isolation: ecs-task.',
    );
  }
  for (const [key, value] of Object.entries({ user, folder })) {
    if (isolation !== 'ecs-task' || value === undefined) continue;
    tell(key, 'Nothing of this machine is used where commands run in tasks of ECS. Remove it.');
  }
  if (isolation === 'none' && user !== undefined) {
    tell(
      'user',
      'Without isolation commands run as Forge itself. Remove the user, or write isolation: user.',
    );
  }
  if (isolation !== 'bubblewrap' && network === 'none') {
    tell(
      'isolation',
      `${reached[isolation]} Add network: open if that is acceptable, or write isolation: bubblewrap.`,
    );
  }
  if (isolation !== 'bubblewrap' && reach !== undefined) {
    tell(
      'reach',
      'Only bubblewrap keeps commands from other hosts than these. Remove reach, or write isolation: bubblewrap.',
    );
  }
  if (isolation === 'user' && atOnce !== undefined && atOnce > 1) {
    tell(
      'at once',
      'Commands of one user could read each other, so one runs at a time. Write 1, or isolation: bubblewrap.',
    );
  }
  return problems;
}
