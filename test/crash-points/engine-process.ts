import { type Database, openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import type { Engine } from '../../jobs/engine/engine.ts';
import { clock } from '../../src/clock.ts';
import { defineAbortedJobs } from './aborted-jobs.ts';
import { openCloud } from './cloud.ts';
import type { CrashPoints } from './crash-points.ts';
import { defineEverything } from './everything.ts';
import { defineSmallJobs } from './small-jobs.ts';
import { defineStartingOver } from './starting-over.ts';
import { createWorkshop } from './workshop.ts';

/** Where one swept run lives. */
export const databaseIn = (folder: string) => `${folder}/forge.db`;
export const cloudIn = (folder: string) => `${folder}/cloud.db`;

const pollMs = 20;

type Surroundings = {
  points: CrashPoints;
  /** Gives the database its faults. */
  adapt: (database: Database) => Database;
  onError: (error: unknown) => void;
};

/** An engine with every swept job, in this process. It works until every run has ended. */
export async function carryOutAll(folder: string, { points, adapt, onError }: Surroundings): Promise<void> {
  const database = openDatabase(databaseIn(folder));
  const cloud = openCloud(cloudIn(folder));
  const engine: Engine = createEngine(createEngineDriver(adapt(database), { clock }), {
    clock,
    onError,
    onFenced: onError,
    // Somebody who looks, and says what is so.
    onQuestion({ run, operation, answer }) {
      const isThere = cloud.effects().some((effect) => effect.run === run && effect.name === operation);
      const value = isThere ? { done: `${operation} is there` } : 'redo';
      engine.signal(run, answer, { id: 'answer', by: 'somebody', value }).catch(onError);
    },
    pollMs,
  });
  defineJobs();
  await engine.start();
  while ((await engine.list({ statuses: ['queued', 'active'] })).length > 0) await clock.sleep(pollMs / 4);
  await engine.stop();
  cloud.close();
  database.close();

  function defineJobs(): void {
    const workshop = createWorkshop({ engine, cloud, points });
    defineEverything(engine, workshop);
    defineAbortedJobs(engine, workshop);
    defineSmallJobs(engine, workshop);
    defineStartingOver(engine, workshop);
  }
}
