import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { sql } from '../../../db/drizzle.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { isBusy } from '../../../db/sqlite-errors.ts';
import { clock } from '../../../src/clock.ts';
import { createRandom } from '../random.ts';
import { openCloud } from './cloud.ts';
import { describeError } from './describe-error.ts';
import type { Evidence } from './evidence.ts';
import { Feeder } from './feeder.ts';
import { Fleet } from './fleet.ts';
import { gatherEvidence } from './gather.ts';
import { type StrikeRecord, Striker } from './striker.ts';
import type { Words } from './words.ts';

export type Played = {
  evidence: Evidence;
  strikes: readonly StrikeRecord[];
  /** How many worker processes there were. */
  workers: number;
  seconds: number;
};

const tellEveryMs = 15_000;

/** Two workers over the files of this folder, a stream of runs, and strikes, until there was enough of each. */
export function playChaos(folder: string, words: Words): { ended: Promise<Played>; killAll: () => void } {
  const database = openDatabase(join(folder, 'forge.db'));
  // While this process waits for a frozen one, it cannot let it go on.
  database.orm.get(sql`PRAGMA busy_timeout = 50`);
  const cloud = openCloud(join(folder, 'cloud.db'));
  const fleet = new Fleet(folder);
  const feeder = new Feeder(createEngineDriver(database, { clock }), createRandom(words.seed));
  const killsDue = () => (words.kills * feeder.finished) / words.runs + 1;
  const random = createRandom(words.seed + 1);
  const striker = new Striker({ folder, fleet, random, isWritable, killsDue });
  const begunAt = Date.now();
  let runs = 0;
  /** Nobody strikes any more, so there will never be enough. */
  let isBroken = false;

  function isWritable(): boolean {
    try {
      database.write(() => undefined);
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
    return cloud.isWritable();
  }

  function isEnough(started: number): boolean {
    runs = started;
    return isBroken || (started >= words.runs && striker.kills >= words.kills);
  }

  async function play(): Promise<Played> {
    fleet.start();
    const telling = setInterval(tell, tellEveryMs);
    const calm = new AbortController();
    const striking = striker.work(calm.signal).catch((error: unknown) => {
      isBroken = true;
      fleet.complaints.push(describeError(error));
    });
    try {
      await feeder.work(isEnough, () => calm.abort());
    } catch (error) {
      fleet.complaints.push(describeError(error));
    } finally {
      calm.abort();
      await striking;
      await fleet.close();
      clearInterval(telling);
    }
    const { asked } = feeder;
    const { usurpations, frozen, kills, records } = striker;
    const stopped = fleet.stopped;
    const observed = { asked, usurpations, stopped, frozen, kills, complaints: fleet.complaints };
    const evidence = gatherEvidence({ folder, database, cloud }, observed);
    database.close();
    cloud.close();
    return { evidence, strikes: records, workers: fleet.started, seconds: (Date.now() - begunAt) / 1000 };
  }

  function tell(): void {
    const seconds = Math.round((Date.now() - begunAt) / 1000);
    console.log(`${seconds} s: ${runs} runs started, ${striker.kills} kills`);
  }

  return { ended: play(), killAll: () => fleet.killAll() };
}
