import type { Database } from '../../../db/database.ts';
import { isBusy } from '../../../db/sqlite-errors.ts';
import { clock } from '../../../src/clock.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A process frozen in the middle of a write keeps every other from writing: that is another story. */
export async function freezeBetweenWrites(worker: WorkerProcess, database: Database): Promise<void> {
  for (;;) {
    worker.freeze();
    if (isWritable(database)) return;
    worker.thaw();
    await clock.sleep(20);
  }
}

function isWritable(database: Database): boolean {
  try {
    database.write(() => undefined);
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}
