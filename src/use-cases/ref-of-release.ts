import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import type { Adapters } from './adapters.ts';
import { patience } from './patiently.ts';

/** Whether `ref` means one or more releases of the service, in whichever region. */
export async function isRefAReleaseOf(
  place: { service: ServicePolicy; environment: EnvironmentPolicy },
  ref: string,
  { sourceControl, clock }: Adapters,
): Promise<boolean> {
  const asked = { service: place.service.name, environment: place.environment.name, ref };
  const resolution = await patience(clock)((options) => sourceControl.resolve(asked, options));
  return resolution.kind !== 'unknown';
}
