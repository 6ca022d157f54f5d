import type { CheckPolicy } from '../domain/check.ts';
import { everyOf, isEverybodyOf } from '../domain/people-policy.ts';
import type { Role } from '../domain/roles.ts';
import { peopleOf } from './people-of.ts';
import { ROLE_KEYS } from './people-setting.ts';
import { type FilePlace, placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** Checks that could never be looked at, or never pass. */
export function checkProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  return [
    ...checksIn(file).flatMap(({ check, path }) => [
      ...withoutMeans(check, { path, file }, yaml),
      ...unknownStage(check, { path, file }, yaml),
    ]),
    ...onceEach(placesOf(file).flatMap((place) => problemsAt(place, file, yaml))),
  ];
}

function problemsAt(place: FilePlace, file: PolicyFile, yaml: YamlFile): Problem[] {
  const checks = checksAt(place);
  return [
    ...sameNames(checks, place, yaml),
    ...checks.flatMap((one) => [
      ...unreachableStage(one, place, file, yaml),
      ...nobody(one, place, file, yaml),
    ]),
  ];
}

/** A check that is wrong for one service of an environment is most often wrong for the others too, in the same way. */
function onceEach(problems: readonly Problem[]): Problem[] {
  const told = new Map<string, Problem>();
  for (const problem of problems) {
    if (!told.has(problem.path)) told.set(problem.path, problem);
  }
  return [...told.values()];
}

type CheckAt = { check: CheckPolicy; path: Path };

/** Every check of the file, where it is written. */
function checksIn({ services, environments }: PolicyFile): CheckAt[] {
  const ofServices = Object.entries(services).flatMap(([name, { checks }]) =>
    located(checks, ['services', name]),
  );
  const ofEnvironments = Object.entries(environments).flatMap(([name, { checks }]) =>
    located(checks, ['environments', name]),
  );
  return [...ofServices, ...ofEnvironments];
}

/** Those of one deployment, in their order. */
function checksAt({ service, environment, ofService, ofEnvironment }: FilePlace): CheckAt[] {
  return [
    ...located(ofService.checks, ['services', service]),
    ...located(ofEnvironment.checks, ['environments', environment]),
  ];
}

function located(checks: readonly CheckPolicy[][], owner: Path): CheckAt[] {
  return checks.flatMap((group, index) =>
    group.map((check) => ({ check, path: [...owner, 'checks', index] })),
  );
}

type At = { path: Path; file: PolicyFile };

function withoutMeans(check: CheckPolicy, { path, file }: At, yaml: YamlFile): Problem[] {
  if (check.kind === 'command' && file.runner === undefined) {
    const message =
      'There is nowhere to run this command. Add runner: { isolation: bubblewrap } at the top of the file, or let GitHub run it and write { github: … } with the name of its check.';
    return [yaml.problemAt(path, message, 'value')];
  }
  if (NEED_GITHUB.has(check.kind) && file.github === undefined) {
    const message = 'Forge must ask GitHub for this. Add github: {} at the top of the file.';
    return [yaml.problemAt(path, message, 'value')];
  }
  return [];
}

/** They read the commit, its files or its checks there; commands fetch it from there. */
const NEED_GITHUB: ReadonlySet<CheckPolicy['kind']> = new Set([
  'command',
  'github',
  'migrations-safe',
  'changelog',
]);

function unknownStage(check: CheckPolicy, { path, file }: At, yaml: YamlFile): Problem[] {
  if (check.kind !== 'staged' || check.in in file.environments) return [];
  const known = Object.keys(file.environments);
  const message = `There is no environment called \`${check.in}\`. ${suggestion(check.in, known)}`;
  return [yaml.problemAt([...path, 'staged'], message, 'value')];
}

function unreachableStage(
  { check, path }: CheckAt,
  place: FilePlace,
  file: PolicyFile,
  yaml: YamlFile,
): Problem[] {
  if (check.kind !== 'staged' || !(check.in in file.environments)) return [];
  const at = [...path, 'staged'];
  if (check.in === place.environment) {
    const message = `Nothing could ever be the first to be deployed to ${check.in}. Put this check into the environment that comes after it.`;
    return [yaml.problemAt(at, message, 'value')];
  }
  if (place.ofService.runs[check.in] !== undefined) return [];
  const message = `${place.service} does not run in ${check.in}, so it could never be deployed to ${place.environment}. Add it there, or remove this check.`;
  return [yaml.problemAt(at, message, 'value')];
}

function sameNames(checks: readonly CheckAt[], place: FilePlace, yaml: YamlFile): Problem[] {
  const known = new Set<string>();
  return checks.flatMap(({ check, path }) => {
    const name = check.name.toLowerCase();
    if (!known.has(name)) {
      known.add(name);
      return [];
    }
    const message = `A deployment of ${place.service} to ${place.environment} has two checks called ${check.name}, and people could not tell them apart. Give one of them another name.`;
    return [yaml.problemAt(path, message, 'value')];
  });
}

/** A word that is wanted of a role nobody has. */
function nobody({ check, path }: CheckAt, place: FilePlace, file: PolicyFile, yaml: YamlFile): Problem[] {
  const wanted = roleWanted(check);
  if (wanted === undefined) return [];
  const { key, role } = wanted;
  const people = peopleOf(file);
  if (everyOf(role, place, people).length > 0 || isEverybodyOf(role, place, people)) return [];
  const group = Object.entries(ROLE_KEYS).find(([, one]) => one === role)?.[0] ?? role;
  const message = `Nobody is named for this role, for ${place.service} in ${place.environment}. Add ${group} under \`people\`, or name another role.`;
  return [yaml.problemAt([...path, key], message, 'value')];
}

function roleWanted(check: CheckPolicy): { key: string; role: Role } | undefined {
  if (check.kind === 'scan' && check.override !== undefined) return { key: 'override', role: check.override };
  if (check.kind === 'box' && check.by !== undefined) return { key: 'by', role: check.by };
  return undefined;
}
