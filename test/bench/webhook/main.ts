import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { headersOf, pushBody } from '../../web/listening.ts';
import { type Figure, InvariantBroken, lineOf, quantile } from '../engine/figure.ts';

/**
 * How soon GitHub hears that a delivery is kept: `npm run bench:webhook`. Signed pushes come at a steady rate, now and then one
 * a second time. Fails only when an acknowledged one was lost or acted on twice.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '50' },
  },
});
const { seconds, rate } = z.object({ seconds: z.coerce.number(), rate: z.coerce.number() }).parse(values);
/** Deliveries that are sent before anything is measured. */
const WARM_UP = 50;
/** One of so many is delivered twice. */
const AGAIN = 10;

const Listening = z.object({ port: z.int() });
const Told = z.object({ runs: z.array(z.string()), open: z.int() });

const folder = await mkdtemp(join(tmpdir(), 'bench-webhook-'));
const child = fork(new URL('./worker.ts', import.meta.url), [join(folder, 'forge.db')], { stdio: 'inherit' });
try {
  const [listening] = await once(child, 'message');
  await measure(`http://127.0.0.1:${Listening.parse(listening).port}/github/webhook`);
} catch (error) {
  if (!(error instanceof InvariantBroken)) throw error;
  console.error(`An invariant is broken: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (child.connected) child.disconnect();
  if (child.exitCode === null) await once(child, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  for (let number = 0; number < WARM_UP; number += 1) await send(url, `warm-${number}`);
  const count = Math.round(seconds * rate);
  const begin = performance.now();
  const sent: Promise<number>[] = [];
  for (let number = 0; number < count; number += 1) {
    await setTimeout(Math.max(0, begin + (number * 1000) / rate - performance.now()));
    sent.push(send(url, `push-${number}`));
    if (number % AGAIN === 0) sent.push(send(url, `push-${number}`));
  }
  const times = await Promise.all(sent);
  for (const share of [0.5, 0.95, 0.99] as const) console.log(lineOf(figure(share, quantile(times, share))));
  const done = await requireEachOnce(count + WARM_UP);
  console.log(`Acted on once each: ${done} of ${count + WARM_UP}, ${rate} a second`);
}

/** The time until it was answered, in milliseconds. */
async function send(url: string, id: string): Promise<number> {
  const body = pushBody({ after: shaOf(id), head_commit: { id: shaOf(id) } });
  const headers = headersOf(body, { 'x-github-delivery': id });
  const begin = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  if (response.status !== 202 && response.status !== 200) {
    throw new InvariantBroken(`${id} was answered ${response.status}`);
  }
  return performance.now() - begin;
}

function shaOf(id: string): string {
  return Buffer.from(id).toString('hex').padEnd(40, '0').slice(0, 40);
}

/** How many were acted on, each by one run; its id names the delivery. */
async function requireEachOnce(count: number): Promise<number> {
  for (const end = Date.now() + 30_000; ; await setTimeout(100)) {
    child.send('what was done?');
    const [told] = await once(child, 'message');
    const { runs, open } = Told.parse(told);
    if (open > 0 && Date.now() < end) continue;
    if (runs.length !== count || open > 0) {
      throw new InvariantBroken(`${runs.length} of ${count} were acted on, ${open} are open`);
    }
    return runs.length;
  }
}

function figure(share: number, value: number): Figure {
  const name = `delivery, answered once it is kept, p${share * 100}`;
  return {
    name,
    value,
    unit: 'ms',
    ...(share === 0.99 && { target: { kind: 'below' as const, value: 50 } }),
  };
}
