import { type FilePlace, movesTraffic, placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** Settings that nothing would come of: what people wrote must hold, or be refused. */
export function idleSettings(file: PolicyFile, yaml: YamlFile): Problem[] {
  const moving = placesOf(file).filter(movesTraffic);
  return [
    ...environmentNames(file, yaml),
    ...Object.entries(file.environments).flatMap(([name, environment]) => {
      const there = moving.filter((place) => place.environment === name);
      return inEnvironment(environment, there).map((idle) => problemOf(['environments', name], idle, yaml));
    }),
    ...Object.entries(file.services).flatMap(([name, service]) => {
      const places = moving.filter((place) => place.service === name);
      return inService(service, places).map((idle) => problemOf(['services', name], idle, yaml));
    }),
  ];
}

type Idle = { at: Path; message: string };

function problemOf(path: Path, { at, message }: Idle, yaml: YamlFile): Problem {
  return yaml.problemAt([...path, ...at], message, 'key');
}

function inEnvironment(environment: Environment, moving: readonly FilePlace[]): Idle[] {
  if (moving.length === 0) {
    const message = nothingMoves('in this environment');
    return idleKeys(environment).map((key) => ({ at: [key], message }));
  }
  return withoutDatabase(environment, moving);
}

function inService(service: Service, moving: readonly FilePlace[]): Idle[] {
  const sections = (['gates', 'roll back when'] as const).filter((key) => service[key] !== undefined);
  const message = nothingMoves('of this service');
  const idle: Idle[] =
    moving.length === 0 ? sections.map((key) => ({ at: [key], message })) : withoutDatabase(service, moving);
  const there = moving.map(({ environment }) => environment);
  const unused = Object.keys(service.database).filter(
    (environment) => environment in service.runs && !there.includes(environment),
  );
  return [
    ...idle,
    ...unused.map((environment) => ({
      at: ['database', environment],
      message: nothingMoves('of this service there'),
    })),
  ];
}

/** A limit on connections to a database that nobody named. */
function withoutDatabase({ gates }: Pick<Environment, 'gates'>, moving: readonly FilePlace[]): Idle[] {
  const limit = gates?.['database connections'];
  if (limit === undefined || limit === 'off') return [];
  if (moving.some(({ environment, ofService }) => environment in ofService.database)) return [];
  const message =
    'Nothing would be watched: no service that is judged by it names its database. Add database: { production: { instance: …, max connections: … } } to the service, by environment, or remove this.';
  return [{ at: ['gates', 'database connections'], message }];
}

type Environment = PolicyFile['environments'][string];
type Service = PolicyFile['services'][string];

function idleKeys(environment: Environment): (keyof Environment)[] {
  const keys: (keyof Environment)[] = (['gates', 'roll back when', 'standby', 'confidence'] as const).filter(
    (key) => environment[key] !== undefined,
  );
  const { evidence, 'dead man switch': deadMan } = environment;
  if (evidence === 'traffic') keys.push('evidence');
  if (deadMan !== undefined && deadMan !== 'off') keys.push('dead man switch');
  return keys;
}

function nothingMoves(where: string): string {
  return `Nothing would come of this: no traffic ${where} is moved step by step. Remove it, or deploy blue-green or canary.`;
}

/** Names of environments, under a service, that are none or where the service does not run. */
function environmentNames({ services, environments }: PolicyFile, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [name, service] of Object.entries(services)) {
    for (const section of ['strategies', 'database'] as const) {
      for (const environment of Object.keys(service[section])) {
        if (environment in environments && environment in service.runs) continue;
        const message =
          environment in environments
            ? `The service does not run in ${environment}. Remove this, or add ${environment} under \`runs\`.`
            : `There is no environment called \`${environment}\`. ${suggestion(environment, Object.keys(environments))}`;
        problems.push(yaml.problemAt(['services', name, section, environment], message, 'key'));
      }
    }
  }
  return problems;
}
