import type { EnvironmentPolicy, Policy, ServicePolicy, Timing } from '../../src/domain/policy.ts';
import type { Release, Target } from '../../src/domain/release.ts';
import { anEnvironmentPolicy, aPolicy, aRelease, aRun, aServicePolicy, aTiming } from '../builders.ts';
import type { FakePlatform } from '../fakes/platform.ts';
import type { FakeSourceControl } from '../fakes/source-control.ts';

export const america = 'us-east-1';
export const europe = 'eu-west-1';

/** One region. */
export const staging: EnvironmentPolicy = anEnvironmentPolicy({ name: 'staging', channel: 'C0STAGING' });
/** Two regions, America first. */
export const production: EnvironmentPolicy = anEnvironmentPolicy({ regions: [america, europe] });

export const checkout: ServicePolicy = aServicePolicy({
  runs: {
    staging: [aRun({ region: europe, url: 'https://staging.example' })],
    production: [aRun({ region: america, url: 'https://america.example' }), aRun({ region: europe })],
  },
});

export const timing: Timing = aTiming({
  poll: 1_000,
  observe: 5_000,
  startWithin: 60_000,
  smokeWithin: 20_000,
  silence: 10_000,
  questionWithin: 120_000,
});

export const shopPolicy: Policy = aPolicy({
  services: [checkout],
  environments: [staging, production],
  timing,
});

/** A release that is in every region; each digit of `version` makes a commit and digests of its own. */
export function releaseOf(version: string): Release {
  const digit = version.replaceAll(/\D/gu, '').slice(0, 2);
  return aRelease({
    version,
    commit: digit.repeat(20),
    digests: {
      [america]: `sha256:${`${digit}aa`.repeat(16)}`,
      [europe]: `sha256:${`${digit}ee`.repeat(16)}`,
    },
  });
}

export function targetIn(environment: EnvironmentPolicy, region: string = europe): Target {
  return { service: checkout.name, environment: environment.name, region };
}

/** v1.0.0 is live everywhere; v1.1.0, v1.2.0 and v1.3.0 are built, the last one is the newest of main. */
export function stock(platform: FakePlatform, sourceControl: FakeSourceControl): void {
  for (const version of ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0']) {
    sourceControl.add({ release: releaseOf(version), branch: 'main' });
  }
  for (const environment of [staging, production]) {
    for (const region of environment.regions) giveLive(platform, 'v1.0.0', environment, region);
  }
}

/** As if somebody had put it there outside Forge. */
export function giveLive(
  platform: FakePlatform,
  version: string,
  environment: EnvironmentPolicy,
  region: string = europe,
): void {
  const { commit, digests } = releaseOf(version);
  const digest = digests[region];
  platform.give(targetIn(environment, region), {
    version,
    ...(commit === undefined ? {} : { commit }),
    ...(digest === undefined ? {} : { digest }),
  });
}
