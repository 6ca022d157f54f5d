import { join } from 'node:path';
import { inFolder, openEngine } from './bench-engine.ts';
import { type Figure, InvariantBroken } from './figure.ts';
import { defineJobs } from './jobs.ts';
import { timeOf } from './time-of.ts';
import { startWorker } from './worker-process.ts';

const ROUNDS = 7;
/** Runs that wait while the leader dies. */
const WAITING = 50;

/** From kill -9 of the leader to the standby carrying out a run that the dead one had begun. */
export async function takeover(): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await inFolder(takeoverIn));
  const target = { kind: 'below', value: 1000 } as const;
  return [
    {
      name: `kill -9 of the leader to a run going on elsewhere, worst of ${ROUNDS}`,
      value: Math.max(...times),
      unit: 'ms',
      target,
    },
    { name: `  the best of ${ROUNDS}`, value: Math.min(...times), unit: 'ms' },
  ];
}

/** Milliseconds. */
async function takeoverIn(folder: string): Promise<number> {
  const path = join(folder, 'forge.db');
  const watcher = openEngine(path);
  defineJobs(watcher.engine, { onEffect: () => undefined, onHeard: () => undefined });
  const leader = startWorker('engine', path);
  await leader.told('leading');
  for (let index = 0; index < WAITING; index += 1)
    await watcher.engine.run('waiting', null, { id: `run-${index}` });
  await leader.told(`effect run-${WAITING - 1}/before`);
  const standby = startWorker('engine', path);
  await standby.told('started');
  await watcher.engine.signal('run-7', 'go', { id: 'go', by: 'bench' });
  await leader.told('heard run-7');
  await watcher.engine.signal('run-7', 'go', { id: 'end', by: 'bench', value: 'end' });

  const killedAt = performance.timeOrigin + performance.now();
  await leader.kill();
  const ended = timeOf(await standby.told('heard run-7'));
  const lost = (await watcher.engine.list({ statuses: ['failed', 'aborted', 'stuck'] })).length;
  if (lost > 0) throw new InvariantBroken(`${lost} runs were lost with the leader`);
  await standby.kill();
  await watcher.close();
  return ended - killedAt;
}
