import { digestOf } from '../domain/json.ts';
import type { EnvironmentPolicy, Policy, Run, ServicePolicy, Timing } from '../domain/policy.ts';
import type { PolicyFile } from './policy-file.ts';

/** The policy a valid file means: defaults filled in, regions in order, words turned into numbers. */
export function policyOf(file: PolicyFile): Policy {
  const environments = Object.keys(file.environments).map((name) => environmentOf(name, file));
  const services = Object.keys(file.services).map((name) => serviceOf(name, file, environments));
  const content = {
    services,
    environments,
    admins: [...new Set(file.people.admins)],
    timing: timingOf(file),
  };
  return { version: digestOf(content), ...content };
}

function environmentOf(name: string, file: PolicyFile): EnvironmentPolicy {
  const environment = known(file.environments, name);
  return {
    name,
    account: known(file.aws, name).account,
    channel: environment.channel,
    branch: environment.deploys.branch,
    regions: environment.regions ?? usedRegions(name, file),
    ...(environment['default service'] !== undefined && { defaultService: environment['default service'] }),
    strategy: environment.strategy,
  };
}

function usedRegions(environment: string, file: PolicyFile): string[] {
  const regions = Object.values(file.services).flatMap((service) =>
    Object.keys(service.runs[environment] ?? {}),
  );
  return [...new Set(regions)];
}

function serviceOf(
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
    runs,
  };
}

type FileRun = { url?: string | undefined; cluster: string; service: string };

function runsInOrder(regions: Record<string, FileRun>, order: readonly string[]): Run[] {
  return order.flatMap((region) => {
    const run = regions[region];
    if (run === undefined) return [];
    const { url, cluster, service } = run;
    return [{ region, cluster, service, ...(url !== undefined && { url }) }];
  });
}

function timingOf({ timing }: PolicyFile): Timing {
  return {
    poll: timing.poll,
    observe: timing.observe,
    startWithin: timing['start within'],
    smokeWithin: timing['smoke within'],
    silence: timing.silence,
    questionWithin: timing['question within'],
    messageEvery: timing['message every'],
    messageRefresh: timing['message refresh'],
  };
}

/** Expects a name that the checks across sections have found to exist. */
function known<Value>(group: Record<string, Value>, name: string): Value {
  const value = group[name];
  if (value === undefined) throw new Error(`The policy file was accepted without ${name}`);
  return value;
}
