import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine, RunView } from '../../../jobs/engine/engine.ts';
import { clock } from '../../../src/clock.ts';
import { InvariantBroken } from './figure.ts';

export type Opened = { engine: Engine; close(): Promise<void> };

/** An engine as Forge runs it, on a real file. */
export function openEngine(path: string): Opened {
  const database = openDatabase(path);
  const engine = createEngine(createEngineDriver(database, { clock }), {
    clock,
    onError: fail,
    onFenced: fail,
  });
  return {
    engine,
    async close() {
      await engine.stop();
      database.close();
    },
  };
}

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

/** Calls `work` with a folder of its own, and removes it afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Waits until so many runs are done; one that ended otherwise is an error. */
export async function untilDone(engine: Engine, count: number): Promise<RunView[]> {
  for (const end = Date.now() + 120_000; Date.now() < end; await clock.sleep(5)) {
    if ((await engine.list({ statuses: ['queued', 'active'] })).length > 0) continue;
    const runs = await engine.list({ statuses: ['done', 'failed', 'aborted', 'stuck'] });
    const done = runs.filter(({ status }) => status === 'done').length;
    if (done === count) return runs;
    throw new InvariantBroken(`${done} of ${count} runs are done, the others ${describe(runs)}`);
  }
  throw new InvariantBroken(`Not every one of ${count} runs ended within two minutes`);
}

function describe(runs: readonly RunView[]): string {
  const bad = runs.filter(({ status }) => status !== 'done').slice(0, 3);
  return bad.map(({ id, status, error }) => `${id} ${status} ${error ?? ''}`).join(', ');
}
