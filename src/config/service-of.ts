import type { GatePolicy } from '../domain/gate-policy.ts';
import type { DatabasePolicy, EnvironmentPolicy, Run, ServicePolicy } from '../domain/policy.ts';
import { gatesIn } from './environment-of.ts';
import { known } from './known.ts';
import type { PolicyFile } from './policy-file.ts';

type Written = PolicyFile['services'][string];

export function serviceOf(
  name: string,
  file: PolicyFile,
  environments: readonly EnvironmentPolicy[],
): ServicePolicy {
  const service = known(file.services, name);
  const runs: Record<string, Run[]> = {};
  for (const environment of environments) {
    const regions = service.runs[environment.name];
    if (regions !== undefined) runs[environment.name] = runsInOrder(regions, environment.regions);
  }
  return {
    name,
    title: service.title,
    kind: service.kind,
    repository: service.repository,
    image: service.image,
    ...(service.container !== undefined && { container: service.container }),
    smoke: { tests: service.smoke ?? [], timesInARow: service['smoke times in a row'] },
    strategies: service.strategies,
    gates: gatesOf(service, file),
    database: databasesOf(service),
    runs,
    checks: service.checks.flat(),
    ...(service.build !== undefined && { build: service.build }),
  };
}

function runsInOrder(regions: Written['runs'][string], order: readonly string[]): Run[] {
  return order.flatMap((region) => {
    const run = regions[region];
    return run === undefined ? [] : [{ region, ...run }];
  });
}

/** Where the service has limits of its own: what the environment says, changed by what the service says. */
function gatesOf(service: Written, file: PolicyFile): Record<string, GatePolicy> {
  if (service.gates === undefined && service['roll back when'] === undefined) return {};
  const gates = Object.keys(service.runs).map((environment) => [
    environment,
    gatesIn(environment, known(file.environments, environment), [service]),
  ]);
  return Object.fromEntries(gates);
}

function databasesOf({ database }: Written): Record<string, DatabasePolicy> {
  const databases: Record<string, DatabasePolicy> = {};
  for (const [environment, written] of Object.entries(database)) {
    const pool = written['pool per task'];
    databases[environment] = {
      instance: written.instance,
      maxConnections: written['max connections'],
      ...(pool !== undefined && { poolPerTask: pool }),
    };
  }
  return databases;
}
