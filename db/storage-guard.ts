import { StorageDamaged, StorageUnavailable } from '../jobs/engine/driver.ts';
import { isDamaged, mayPass } from './sqlite-errors.ts';

/** Carries out work on the database; its trouble arrives as `storageError` names it. */
export async function guarded<Result>(work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    throw storageError(error);
  }
}

/** Tells trouble that may pass, after which the same may be tried again, and damage, after which nothing may, from the rest. */
export function storageError(error: unknown): unknown {
  if (error instanceof StorageDamaged) return error;
  if (mayPass(error)) return new StorageUnavailable('The database cannot be used just now', { cause: error });
  if (!isDamaged(error)) return error;
  return new StorageDamaged(
    'The database file is damaged. End Forge, move the file away and put a backup in its place.',
    { cause: error },
  );
}
