import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** Less would be hammering. Milliseconds. */
const LEAST_POLL = 1_000;

/** What is to be done with GitHub where Forge does not know how, and names that nothing has. */
export function githubProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  return [
    ...buildsWithout(file, yaml),
    ...triggersWithout(file, yaml),
    ...pollProblems(file, yaml),
    ...shipProblems(file, yaml),
  ];
}

function buildsWithout({ services, github }: PolicyFile, yaml: YamlFile): Problem[] {
  if (github !== undefined) return [];
  const message = 'GitHub is to build the image. Add github: {} at the top of the file.';
  return Object.entries(services)
    .filter(([, { build }]) => build !== undefined)
    .map(([name]) => yaml.problemAt(['services', name, 'build'], message, 'key'));
}

function triggersWithout({ environments, github }: PolicyFile, yaml: YamlFile): Problem[] {
  if (github?.triggers !== undefined) return [];
  const message =
    'Forge does not hear of pushes yet. Add github: { triggers: webhook } at the top of the file, or polling where GitHub cannot reach Forge.';
  return Object.entries(environments).flatMap(([name, { deploys }]) =>
    (['on push', 'on tag'] as const)
      .filter((key) => deploys[key] !== undefined)
      .map((key) => yaml.problemAt(['environments', name, 'deploys', key], message, 'key')),
  );
}

function pollProblems({ github }: PolicyFile, yaml: YamlFile): Problem[] {
  const every = github?.['poll every'];
  if (every === undefined) return [];
  const path = ['github', 'poll every'];
  if (github?.triggers !== 'polling') {
    const message = 'It has no effect here. Remove it, or write triggers: polling.';
    return [yaml.problemAt(path, message, 'key')];
  }
  if (every >= LEAST_POLL) return [];
  return [yaml.problemAt(path, 'GitHub would not stand that for long. Write 1s or more.', 'value')];
}

function shipProblems({ environments, github }: PolicyFile, yaml: YamlFile): Problem[] {
  const then = github?.ship.then;
  if (then === undefined || then in environments) return [];
  const message = `There is no environment called \`${then}\`. ${suggestion(then, Object.keys(environments))}`;
  return [yaml.problemAt(['github', 'ship', 'then'], message, 'value')];
}
