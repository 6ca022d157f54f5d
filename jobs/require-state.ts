import type { Deployment } from '../src/domain/deployment.ts';
import type { Store } from '../src/ports/store.ts';

/** A deployment that must be there: a run that works on it was begun in the commit that created it, or after. Throws otherwise. */
export async function requireState(number: number, store: Pick<Store, 'deployment'>): Promise<Deployment> {
  const state = await store.deployment(number);
  if (state === undefined) throw new Error(`Deployment #${number} is not in the database`);
  return state;
}
