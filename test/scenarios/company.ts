import type { Policy, Run, ServicePolicy } from '../../src/domain/policy.ts';
import type { Release, Target } from '../../src/domain/release.ts';
import { aGatePolicy, aPeoplePolicy } from '../builders.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSourceControl, type KnownRelease } from '../fakes/source-control.ts';

/** The company of the scenarios: what it runs where, and which releases it has. */
export const policy: Policy = {
  version: 'p'.repeat(64),
  services: [
    service('api', 'Public API', {
      staging: ['us-east-1'],
      production: ['us-east-1', 'eu-west-1'],
      playground: ['us-east-1'],
    }),
    service('billing-worker', 'Billing worker', { staging: ['us-east-1'] }),
  ],
  environments: [
    environment('staging', { channel: 'C0DEPLOYS', defaultService: 'api' }),
    environment('production', { channel: 'C0PRODUCTION', regions: ['us-east-1', 'eu-west-1'] }),
    // Nobody invited Forge to this one's channel.
    environment('playground', { channel: 'C0GENERAL' }),
  ],
  people: aPeoplePolicy({ roles: { 'incident-commander': [] } }),
  timing: {
    poll: 300,
    observe: 2_000,
    startWithin: 900_000,
    smokeWithin: 300_000,
    settle: 300,
    probe: 300,
    metricPeriod: 1_000,
    metricDelay: 3_000,
    evidenceWithin: 60_000,
    watchAfterReturn: 1_000,
    silence: 20_000,
    questionWithin: 3_600_000,
    messageEvery: 300,
    messageRefresh: 2_000,
  },
};

export const staging = (name = 'api'): Target => ({
  service: name,
  environment: 'staging',
  region: 'us-east-1',
});

/** A release of the api in both regions; its digests and its commit follow from `letter`. */
export function release(version: string, letter: string, of = 'api'): Release {
  const digest = `sha256:${letter.repeat(64)}`;
  return {
    service: of,
    version,
    commit: letter.repeat(40),
    digests: { 'us-east-1': digest, 'eu-west-1': digest },
  };
}

/** v1.0.0 is live everywhere; v1.1.0 is the newest of main. */
export function companyWorld(): { platform: FakePlatform; sourceControl: FakeSourceControl } {
  const platform = new FakePlatform();
  for (const one of policy.services) {
    for (const [name, runs] of Object.entries(one.runs)) {
      for (const { region } of runs) {
        const { version, commit, digests } = release('v1.0.0', 'a', one.name);
        const digest = digests[region];
        platform.give(
          { service: one.name, environment: name, region },
          {
            version,
            ...(commit === undefined ? {} : { commit }),
            ...(digest === undefined ? {} : { digest }),
          },
        );
      }
    }
  }
  const known: KnownRelease[] = ['api', 'billing-worker'].flatMap((name) => [
    { release: release('v1.0.0', 'a', name), branch: 'main' },
    { release: release('v1.1.0', 'b', name), branch: 'main' },
  ]);
  return { platform, sourceControl: new FakeSourceControl(known) };
}

function service(name: string, title: string, places: Record<string, string[]>): ServicePolicy {
  const runs = Object.entries(places).map(([environment, regions]): [string, Run[]] => [
    environment,
    regions.map((region) => ({
      region,
      cluster: environment,
      service: name,
      url: `http://${name}.${environment}.test`,
    })),
  ]);
  return {
    name,
    title,
    kind: 'web',
    repository: `acme/${name}`,
    image: `{account}.dkr.ecr.{region}.amazonaws.com/acme-${name}:git-{commit}`,
    smoke: { tests: [{ method: 'GET', path: '/health', status: 200 }], timesInARow: 2 },
    strategies: {},
    gates: {},
    database: {},
    checks: [],
    runs: Object.fromEntries(runs),
  };
}

function environment(
  name: string,
  {
    channel,
    regions = ['us-east-1'],
    defaultService,
  }: { channel: string; regions?: string[]; defaultService?: string },
): Policy['environments'][number] {
  return {
    name,
    account: '111111111111',
    channel,
    branch: 'main',
    regions,
    strategy: { kind: 'rolling' },
    gates: aGatePolicy(),
    standby: 60_000,
    checks: [],
    ...(defaultService === undefined ? {} : { defaultService }),
  };
}
