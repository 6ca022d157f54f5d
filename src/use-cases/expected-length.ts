import { expectedSeconds } from '../domain/estimate.ts';
import type { EnvironmentPolicy, ServicePolicy, Timing } from '../domain/policy.ts';
import type { Store } from '../ports/store.ts';
import { shiftsOf, strategyOf } from '../strategies/strategy-of.ts';

type Place = { service: ServicePolicy; environment: EnvironmentPolicy };

/** Rollbacks among the last ones say nothing about how long a deployment takes. */
const LOOK_BACK = 5;
/** Until new tasks are healthy and proven, where nothing is known yet; a Fargate task needs one to three minutes. Seconds. */
const USUAL_START = 160;

/**
 * How long a deployment of a service will take in each region, as long as the last one took there, else by the policy's strategy.
 * Seconds of machine time, by region.
 */
export async function expectedLength(
  place: Place,
  { store, timing }: { store: Pick<Store, 'succeeded'>; timing: Timing },
): Promise<Record<string, number>> {
  const { service, environment } = place;
  const at = { service: service.name, environment: environment.name, limit: LOOK_BACK };
  const last = (await store.succeeded(at)).find(({ undoes }) => undoes === undefined);
  const known = new Map<string, number>();
  if (last !== undefined) {
    const seconds = expectedSeconds(last.plan, last);
    for (const { id, region } of last.plan.steps) {
      known.set(region, (known.get(region) ?? 0) + (seconds[id] ?? 0));
    }
  }
  const usual = usualLength(place, timing);
  const regions = (service.runs[environment.name] ?? []).map(({ region }) => region);
  return Object.fromEntries(regions.map((region) => [region, known.get(region) ?? usual]));
}

function usualLength(place: Place, timing: Timing): number {
  let seconds = USUAL_START;
  for (const { bake } of shiftsOf(place, strategyOf(place))) seconds += (timing.settle + bake) / 1000;
  return seconds;
}
