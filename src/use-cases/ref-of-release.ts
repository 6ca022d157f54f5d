import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import { type Adapters, PATIENCE } from './adapters.ts';

/** Whether `ref` means one or more releases of the service, in whichever region. */
export async function isRefAReleaseOf(
  place: { service: ServicePolicy; environment: EnvironmentPolicy },
  ref: string,
  { sourceControl }: Adapters,
): Promise<boolean> {
  const resolution = await sourceControl.resolve(
    { service: place.service.name, environment: place.environment.name, ref },
    { signal: AbortSignal.timeout(PATIENCE) },
  );
  return resolution.kind !== 'unknown';
}
