import { imageProblems } from './image-template.ts';
import type { Outline } from './outline.ts';
import type { Problem } from './problem.ts';
import { reservedMeaning } from './reserved-words.ts';
import { sharedTargets } from './shared-targets.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** What the sections of the file say that does not fit together. */
export function crossProblems(outline: Outline, yaml: YamlFile): Problem[] {
  return [
    ...emptySections(outline, yaml),
    ...nameProblems(outline, yaml),
    ...accountProblems(outline, yaml),
    ...runProblems(outline, yaml),
    ...kindProblems(outline, yaml),
    ...regionProblems(outline, yaml),
    ...imageProblems(outline, yaml),
    ...defaultServiceProblems(outline, yaml),
    ...sharedTargets(outline, yaml),
  ];
}

function emptySections(outline: Outline, yaml: YamlFile): Problem[] {
  const content = Object(yaml.content);
  return (['services', 'environments'] as const)
    .filter((section) => section in content && Object.keys(outline[section]).length === 0)
    .map((section) =>
      yaml.problemAt([section], `There is nothing in it: add at least one of your ${section}.`, 'key'),
    );
}

function nameProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const section of ['services', 'environments'] as const) {
    const of = section === 'services' ? 'service' : 'environment';
    for (const name of Object.keys(outline[section])) {
      const meaning = reservedMeaning(name, of);
      if (meaning === undefined) continue;
      const message = `A ${of} cannot be called \`${name}\`: that is ${meaning}. Choose another name.`;
      problems.push(yaml.problemAt([section, name], message, 'key'));
    }
  }
  for (const name of Object.keys(outline.services)) {
    if (!(name in outline.environments) || reservedMeaning(name, 'service') !== undefined) continue;
    const message = `An environment is called \`${name}\` too, and people name both in one sentence. Rename one.`;
    problems.push(yaml.problemAt(['services', name], message, 'key'));
  }
  return problems;
}

function accountProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const name of Object.keys(outline.environments)) {
    if (name in outline.aws) continue;
    const message = `Its AWS account is missing. Add ${name}: { account: "…" } under \`aws\`.`;
    problems.push(yaml.problemAt(['environments', name], message, 'key'));
  }
  for (const name of Object.keys(outline.aws)) {
    if (name in outline.environments) continue;
    problems.push(yaml.problemAt(['aws', name], unknownEnvironment(name, outline), 'key'));
  }
  return problems;
}

function runProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [name, service] of Object.entries(outline.services)) {
    for (const [environment, regions] of Object.entries(service.runs)) {
      const path = ['services', name, 'runs', environment];
      if (!(environment in outline.environments)) {
        problems.push(yaml.problemAt(path, unknownEnvironment(environment, outline), 'key'));
      } else if (Object.keys(regions).length === 0) {
        problems.push(yaml.problemAt(path, 'Name at least one region it runs in, or remove it.', 'key'));
      }
    }
    const isEmpty = Object.keys(service.runs).length === 0 && 'runs' in Object(yamlService(yaml, name));
    if (isEmpty) {
      problems.push(yaml.problemAt(['services', name, 'runs'], 'Say where the service runs.', 'key'));
    }
  }
  return problems;
}

function yamlService(yaml: YamlFile, name: string): unknown {
  return Object(Object(yaml.content).services)[name];
}

function kindProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [name, service] of Object.entries(outline.services)) {
    if (service.kind === 'web' && service.smoke.length === 0) {
      const message =
        'Add smoke tests: without one a bad release would count as good. Like smoke: ["GET /health is 200"].';
      problems.push(yaml.problemAt(['services', name, 'smoke'], message, 'key'));
    }
    if (service.kind === 'worker' && service.smoke.length > 0) {
      const message = 'A worker has no address to ask, so it cannot have smoke tests. Remove them.';
      problems.push(yaml.problemAt(['services', name, 'smoke'], message, 'key'));
    }
    for (const [environment, regions] of Object.entries(service.runs)) {
      for (const [region, run] of Object.entries(regions)) {
        const message = urlProblem(service.kind, run.url);
        if (message === undefined) continue;
        problems.push(yaml.problemAt(['services', name, 'runs', environment, region, 'url'], message, 'key'));
      }
    }
  }
  return problems;
}

function urlProblem(kind: string | undefined, url: unknown): string | undefined {
  if (kind === 'web' && url === undefined) {
    return 'Add the public address, like "https://staging.example.com": smoke tests ask it. A service without one is a worker.';
  }
  if (kind === 'worker' && url !== undefined) {
    return 'A worker stands behind no load balancer, so it has no address. Remove the url, or write kind: web.';
  }
  return undefined;
}

function regionProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [environment, { regions }] of Object.entries(outline.environments)) {
    if (regions === undefined) continue;
    const used = new Set<string>();
    for (const [name, service] of Object.entries(outline.services)) {
      for (const region of Object.keys(service.runs[environment] ?? {})) {
        used.add(region);
        if (regions.includes(region)) continue;
        const message = `The environment ${environment} lists its regions, and this one is not among them. Add it there, or remove it here.`;
        problems.push(yaml.problemAt(['services', name, 'runs', environment, region], message, 'key'));
      }
    }
    for (const [index, region] of regions.entries()) {
      const path = ['environments', environment, 'regions', index];
      if (regions.indexOf(region) !== index) {
        problems.push(yaml.problemAt(path, `${region} stands here twice. Remove one.`, 'value'));
      } else if (!used.has(region)) {
        const message = `No service runs in ${region} there. Add it to a service's \`runs\`, or remove it here.`;
        problems.push(yaml.problemAt(path, message, 'value'));
      }
    }
  }
  return problems;
}

function defaultServiceProblems(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [environment, { 'default service': name }] of Object.entries(outline.environments)) {
    if (name === undefined || outline.services[name]?.runs[environment] !== undefined) continue;
    const known = Object.keys(outline.services).filter(
      (service) => outline.services[service]?.runs[environment] !== undefined,
    );
    const message = `No service called \`${name}\` runs in ${environment}. ${suggestion(name, known)}`;
    problems.push(yaml.problemAt(['environments', environment, 'default service'], message, 'value'));
  }
  return problems;
}

function unknownEnvironment(name: string, outline: Outline): string {
  const known = Object.keys(outline.environments);
  return `There is no environment called \`${name}\`. ${suggestion(name, known)}`;
}
