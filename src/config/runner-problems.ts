import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Settings of the runner that cannot be kept together. */
export function runnerProblems({ runner }: PolicyFile, yaml: YamlFile): Problem[] {
  if (runner === undefined) return [];
  const { isolation, user, network, 'at once': atOnce } = runner;
  const problems: Problem[] = [];
  const tell = (key: string, message: string) =>
    problems.push(yaml.problemAt(['runner', key], message, 'value'));
  if (isolation === 'user' && user === undefined) {
    tell('isolation', 'Say which user. Add user: forge-runner, a user of this machine that owns nothing.');
  }
  if (isolation === 'none' && user !== undefined) {
    tell(
      'user',
      'Without isolation commands run as Forge itself. Remove the user, or write isolation: user.',
    );
  }
  if (isolation !== 'bubblewrap' && network === 'none') {
    const how = isolation === 'user' ? 'Another user of this machine' : 'A command without isolation';
    tell(
      'isolation',
      `${how} reaches the same network as Forge. Add network: open if that is acceptable, or write isolation: bubblewrap.`,
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
