import { appendFileSync } from 'node:fs';
import type { Database } from '../../../db/database.ts';
import { openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import { clock } from '../../../src/clock.ts';
import { defineJobs } from './jobs.ts';

/** A process of its own with an engine. Tells its parent what happens; dies where it is told to. */
const [databasePath = '', ledgerPath = '', dieAt = ''] = process.argv.slice(2);

const database = mortal(openDatabase(databasePath), dieAt);
const engine = createEngine(createEngineDriver(database, { clock }), {
  clock,
  onError: (error) => tell(`error ${String(error)}`),
  onFenced: () => tell('fenced'),
});
defineJobs(engine, {
  effect(line) {
    appendFileSync(ledgerPath, `${line}\n`);
    if (dieAt === 'after-effect') process.kill(process.pid, 'SIGKILL');
  },
});
engine.whileLeading('tell', async () => tell('leading'));
await engine.start();
tell('started');

function tell(message: string): void {
  process.send?.(message);
}

/** Dies before, within or after its nth write: `before 7`, `within 7`, `after 7`. */
function mortal(real: Database, when: string): Database {
  const [place, number] = when.split(' ');
  let writes = 0;
  const dieIf = (here: string, write: number) => {
    if (place === here && Number(number) === write) process.kill(process.pid, 'SIGKILL');
  };
  return {
    ...real,
    write(work) {
      const write = ++writes;
      dieIf('before', write);
      const result = real.write(() => {
        const value = work();
        dieIf('within', write);
        return value;
      });
      dieIf('after', write);
      return result;
    },
  };
}
