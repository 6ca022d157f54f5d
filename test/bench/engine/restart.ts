import { join } from 'node:path';
import { clock } from '../../../src/clock.ts';
import { inFolder, openEngine } from './bench-engine.ts';
import { type Figure, InvariantBroken } from './figure.ts';
import { defineJobs } from './jobs.ts';
import { timeOf } from './time-of.ts';
import { startWorker } from './worker-process.ts';

const RUNS = 1000;
const ROUNDS = 3;

/** A process that starts with many waiting runs: until the last of them goes on, and what memory it needs then. */
export async function restart(): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const path = join(folder, 'forge.db');
    await leaveWaiting(path);
    const starts: number[] = [];
    const memory: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const measured = await startOnce(path, round);
      starts.push(measured.ms);
      memory.push(measured.megabytes);
    }
    return [
      {
        name: `start of a process until the last of ${RUNS} waiting runs goes on, best of ${ROUNDS}`,
        value: Math.min(...starts),
        unit: 'ms',
        target: { kind: 'below', value: 2000 },
      },
      { name: `  the worst of ${ROUNDS}`, value: Math.max(...starts), unit: 'ms' },
      {
        name: `memory (RSS) with ${RUNS} waiting runs, highest of ${ROUNDS}`,
        value: Math.max(...memory),
        unit: 'MB',
        target: { kind: 'below', value: 300 },
      },
    ];
  });
}

async function leaveWaiting(path: string): Promise<void> {
  const { engine, close } = openEngine(path);
  let begun = 0;
  defineJobs(engine, {
    onEffect: () => {
      begun += 1;
    },
    onHeard: () => undefined,
  });
  await engine.start();
  for (let index = 0; index < RUNS; index += 1) await engine.run('waiting', null, { id: `run-${index}` });
  while (begun < RUNS) await clock.sleep(10);
  await close();
}

async function startOnce(path: string, round: number): Promise<{ ms: number; megabytes: number }> {
  const watcher = openEngine(path);
  const last = `run-${RUNS - 1}`;
  await watcher.engine.signal(last, 'go', { id: `round-${round}`, by: 'bench' });
  const worker = startWorker('engine', path);
  const heardAt = timeOf(await worker.told(`heard ${last}`));
  await clock.sleep(500);
  worker.process.send('memory?');
  const megabytes = Number((await worker.told('memory')).split(' ')[1]);
  const active = (await watcher.engine.list({ statuses: ['active'] })).length;
  if (active !== RUNS) throw new InvariantBroken(`${active} of ${RUNS} runs are active after a restart`);
  await worker.kill();
  await watcher.close();
  return { ms: heardAt - worker.startedAt, megabytes };
}
