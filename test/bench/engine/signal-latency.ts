import { once } from 'node:events';
import { join } from 'node:path';
import { clock } from '../../../src/clock.ts';
import { inFolder, type Opened, openEngine } from './bench-engine.ts';
import { type Figure, InvariantBroken, quantile } from './figure.ts';
import { defineJobs } from './jobs.ts';
import { startWorker, type Worker } from './worker-process.ts';

const SIGNALS = 300;
/** Other runs that wait at the same time. */
const BYSTANDERS = 100;
const target = { kind: 'below', value: 50 } as const;

/** From sending a signal to the run's next line of code. */
export async function signalLatency(): Promise<Figure[]> {
  const here = await inFolder((folder) => latencies(folder, 'this process'));
  const there = await inFolder((folder) => latencies(folder, 'another process'));
  return [
    ...figures('signal to the next line of the job, from the same process', here),
    ...figures('signal to the next line of the job, from another process', there),
  ];
}

function figures(name: string, latencies: readonly number[]): Figure[] {
  return [
    { name: `${name}: p50`, value: quantile(latencies, 0.5), unit: 'ms' },
    { name: `${name}: p95`, value: quantile(latencies, 0.95), unit: 'ms', target },
  ];
}

async function latencies(folder: string, from: 'this process' | 'another process'): Promise<number[]> {
  const path = join(folder, 'forge.db');
  const heard: { resolve: (at: number) => void }[] = [];
  const opened = openEngine(path);
  defineJobs(opened.engine, {
    onEffect: () => undefined,
    onHeard: () => heard.shift()?.resolve(performance.timeOrigin + performance.now()),
  });
  await opened.engine.start();
  await startRuns(opened);
  const sender = from === 'another process' ? startWorker('signaller', path) : undefined;
  if (sender !== undefined) await sender.told('started');
  const measured: number[] = [];
  for (let index = 0; index < SIGNALS; index += 1) {
    const arrived = Promise.withResolvers<number>();
    heard.push(arrived);
    const sentAt = await send({ opened, sender, id: `signal-${index}` });
    measured.push((await arrived.promise) - sentAt);
    // Not in step with anything that polls.
    await clock.sleep(index % 7);
  }
  const journaled = (await opened.engine.get('listener'))?.status;
  if (journaled !== 'active') throw new InvariantBroken(`The listening run is ${journaled}`);
  await sender?.kill();
  await opened.close();
  return measured;
}

async function startRuns({ engine }: Opened): Promise<void> {
  await engine.run('waiting', null, { id: 'listener' });
  for (let index = 0; index < BYSTANDERS; index += 1) {
    await engine.run('waiting', null, { id: `bystander-${index}` });
  }
  while ((await engine.list({ statuses: ['active'] })).length <= BYSTANDERS) await clock.sleep(5);
  await clock.sleep(300);
}

type Sending = { opened: Opened; sender: Worker | undefined; id: string };

/** Returns when it was sent: before the write, not after. */
async function send({ opened, sender, id }: Sending): Promise<number> {
  const sentAt = performance.timeOrigin + performance.now();
  if (sender === undefined) {
    await opened.engine.signal('listener', 'go', { id, by: 'bench' });
    return sentAt;
  }
  const sent = once(sender.process, 'message');
  sender.process.send({ run: 'listener', id });
  const [message] = await sent;
  return Number(String(message).replace('sent ', ''));
}
