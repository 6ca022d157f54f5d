import { StorageUnavailable } from '../jobs/engine/driver.ts';
import { mayPass } from './sqlite-errors.ts';

/** Tells trouble that may pass, after which the same write may be tried again, from every other error. */
export async function guarded<Result>(work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    if (!mayPass(error)) throw error;
    throw new StorageUnavailable('The database cannot be used just now', { cause: error });
  }
}
