import type { ActPlace } from '../src/domain/people-policy.ts';
import type { Forge } from '../src/forge.ts';

/** Where a deployment is. Throws a `UserError` when there is none of that number. */
export async function placeOf(number: number, forge: Forge): Promise<ActPlace> {
  const { service, environment } = await forge.deployment(number);
  return { service, environment };
}
