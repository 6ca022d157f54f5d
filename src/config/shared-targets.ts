import type { Outline } from './outline.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** ECS services that two places of the file claim: two deployments could then change one service at the same time. */
export function sharedTargets(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const { path, target } of targetsOf(outline, yaml)) {
    const owner = owners.get(target);
    if (owner === undefined) {
      owners.set(target, path.slice(1, 4).join(' '));
      continue;
    }
    const message = `This ECS service already belongs to ${owner}: two deployments could change it at once. Name another.`;
    problems.push(yaml.problemAt([...path, 'service'], message, 'value'));
  }
  return problems;
}

function targetsOf(outline: Outline, yaml: YamlFile): { path: string[]; target: string }[] {
  const targets: { path: string[]; target: string }[] = [];
  for (const [name, service] of Object.entries(outline.services)) {
    for (const [environment, regions] of Object.entries(service.runs)) {
      const account = Object(Object(Object(yaml.content).aws)[environment]).account;
      for (const [region, run] of Object.entries(regions)) {
        if (run.cluster === undefined || run.service === undefined) continue;
        const path = ['services', name, 'runs', environment, region];
        targets.push({ path, target: [account, region, run.cluster, run.service].join('/') });
      }
    }
  }
  return targets;
}
