import {
  environmentNamed,
  type Policy,
  type Run,
  type ServicePolicy,
  serviceNamed,
} from '../../domain/policy.ts';
import type { Target } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';

/** A target as the policy describes it. */
export type EcsPlace = {
  service: ServicePolicy;
  run: Run;
  /** AWS account, 12 digits. */
  account: string;
  /** How people call the target, for sentences. */
  title: string;
};

export function placeOf(policy: Policy, target: Target): EcsPlace {
  const service = serviceNamed(policy, target.service);
  const environment = environmentNamed(policy, target.environment);
  const run = service?.runs[target.environment]?.find((each) => each.region === target.region);
  const title = `${target.service} in ${target.environment} (${target.region})`;
  if (service === undefined || environment === undefined || run === undefined) {
    throw new PlatformRefused(
      `${title} is not in forge.yml. Add it there, or choose one of its environments and regions.`,
    );
  }
  return { service, run, account: environment.account, title };
}
