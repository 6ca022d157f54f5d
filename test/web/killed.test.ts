import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { headersOf, pushBody } from './listening.ts';

const Listening = z.object({ port: z.int() });
const Told = z.object({ runs: z.array(z.string()), open: z.int() });
const worker = new URL('../bench/webhook/worker.ts', import.meta.url);

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Forge's web server on a database file, as a process of its own. */
async function start(file: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(worker, [file], { stdio: 'inherit' });
  ends.push(() => kill(child));
  const [listening] = await once(child, 'message');
  return { child, url: `http://127.0.0.1:${Listening.parse(listening).port}/github/webhook` };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Whether Forge said that it has it. */
async function isAcknowledged(url: string, id: string): Promise<boolean> {
  const after = Buffer.from(id).toString('hex').padEnd(40, '0');
  const body = pushBody({ after, head_commit: { id: after } });
  const headers = headersOf(body, { 'x-github-delivery': id });
  return fetch(url, { method: 'POST', headers, body }).then(
    ({ status }) => status === 202,
    () => false,
  );
}

describe('a delivery that was acknowledged', () => {
  it('is dealt with once, though the process is killed while it takes many', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'killed-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'forge.db');
    const acknowledged: string[] = [];

    for (const round of [1, 2, 3]) {
      const { child, url } = await start(file);
      const ids = Array.from({ length: 40 }, (_, index) => `r${round}-${index}`);
      const sent = ids.map(async (id) => {
        if (await isAcknowledged(url, id)) acknowledged.push(`follow/api/staging/github/${id}`);
        // In the midst of the others.
        if (id.endsWith('-15')) await kill(child);
      });
      await Promise.all(sent);
    }
    const { child } = await start(file);
    child.send('what was done?');
    const [told] = await once(child, 'message');

    const { runs, open } = Told.parse(told);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => runs.filter((one) => one === id).length !== 1)).toEqual([]);
    expect(open).toBe(0);
  }, 60_000);
});
