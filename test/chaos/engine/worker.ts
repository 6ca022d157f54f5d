import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { engine as engineTable } from '../../../db/schema.sqlite.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Driver } from '../../../jobs/engine/driver.ts';
import { clock } from '../../../src/clock.ts';
import { openCloud } from './cloud.ts';
import { describeError } from './describe-error.ts';
import { defineChaosJob } from './job.ts';
import { openLedger } from './ledger.ts';

/** How long a process goes on that has lost its leadership: enough for its code to do what it must not. */
const afterlifeMs = 300;
const graceMs = 50;

/** One of the processes that are killed: leads, or stands by. Tells its parent what it is and what went wrong. */
const [folder = '', number = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(1));

const database = openDatabase(join(folder, 'forge.db'));
const cloud = openCloud(join(folder, 'cloud.db'));
const ledger = openLedger(join(folder, 'ledger'), Number(number));
const engine = createEngine(telling(createEngineDriver(database, { clock })), {
  clock,
  pollMs: 100,
  onError: (error) => tell(`error ${describeError(error)}`),
  onFenced: () => {
    tell('fenced');
    setTimeout(() => process.exit(70), afterlifeMs);
  },
});
defineChaosJob(engine, { ledger, cloud, clock });
process.on('SIGTERM', () => {
  stop().catch((error: unknown) => {
    tell(`error ${describeError(error)}`);
    process.exit(1);
  });
});
tell('standby');
await engine.start();

async function stop(): Promise<void> {
  await engine.stop({ grace: graceMs });
  process.exit(0);
}

/** The ledger has it before anything can begin under the new leadership. */
function telling(driver: Driver): Driver {
  return {
    ...driver,
    async tryToLead(owner) {
      const leadership = await driver.tryToLead(owner);
      if (leadership === undefined) return undefined;
      const epoch = database.orm.select({ epoch: engineTable.epoch }).from(engineTable).get()?.epoch ?? 0;
      ledger.write({ kind: 'lead', epoch });
      tell('leading');
      return leadership;
    },
  };
}

function tell(message: string): void {
  if (process.connected) process.send?.(message);
}
