import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../db/database.ts';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { clock } from '../../src/clock.ts';
import { messageOf } from '../../src/domain/errors.ts';
import { createCrashPoints } from './crash-points.ts';
import { carryOutAll, databaseIn } from './engine-process.ts';
import { type Remains, remainsIn } from './remains.ts';
import { violationsOf } from './violations.ts';

const workerPath = new URL('./worker.ts', import.meta.url);

/** What does not end within this time hangs. Milliseconds. */
const PATIENCE = 30_000;

/** Which crash points processes die at, one process after the other. */
export type Case = { job: string; crashAts: readonly number[] };
export type Verdict = { what: string; crashes: number; violations: string[]; folder: string };
/** Where cases are played: each in a copy of the template. */
export type Ground = { root: string; template: string; expected: Remains };
export type Undisturbed = { points: number; remains: Remains };

/** A database in which one run of the job is queued, to be copied. */
export async function makeTemplate(folder: string, job: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const database = openDatabase(databaseIn(folder));
  const driver = createEngineDriver(database, { clock });
  await driver.startRun({ id: 'main', job, input: null });
  await driver.signal({ run: 'main', name: 'early', id: 'early', by: 'test', value: 'early' });
  database.close();
}

/** Carries a run out without a crash, and counts where it could have been. */
export async function undisturbed(folder: string): Promise<Undisturbed> {
  const end = await workerEnd(folder, 0);
  if (end.kind !== 'finished') throw new Error(`The undisturbed run ${end.kind}`);
  return { points: end.points, remains: remainsIn(folder) };
}

/** Lets processes die, one after the other, carries the rest out in this one, and compares. */
export function playCase({ job, crashAts }: Case, ground: Ground): Promise<Verdict> {
  const what = `"${job}", killed at ${crashAts.join(' and then ')}`;
  return judged(what, ground, async (folder) => {
    const crashes = await letDie(folder, crashAts);
    const adapt = (database: Database) => database;
    if (crashes === crashAts.length) await finish(folder, { adapt });
    return crashes;
  });
}

/** Plays in a folder of its own and compares what is left; `play` says how many crashes there were. */
export async function judged(
  what: string,
  { root, template, expected }: Ground,
  play: (folder: string) => Promise<number>,
): Promise<Verdict> {
  const folder = mkdtempSync(join(root, 'case-'));
  copyFileSync(databaseIn(template), databaseIn(folder));
  const verdict: Verdict = { what, crashes: 0, violations: [], folder };
  try {
    verdict.crashes = await play(folder);
    verdict.violations = violationsOf(remainsIn(folder), expected, verdict.crashes);
  } catch (error) {
    verdict.violations = [messageOf(error)];
  }
  if (verdict.violations.length === 0) rmSync(folder, { recursive: true });
  return verdict;
}

/** How many processes died; fewer than asked for when one had nothing left to die of. */
async function letDie(folder: string, crashAts: readonly number[]): Promise<number> {
  let crashes = 0;
  for (const crashAt of crashAts) {
    const end = await workerEnd(folder, crashAt);
    if (end.kind === 'finished') return crashes;
    if (end.kind === 'failed') throw new Error(end.reason);
    crashes += 1;
  }
  return crashes;
}

/** Carries everything out in this process. Returns what was reported. */
export async function finish(
  folder: string,
  { adapt }: { adapt: (database: Database) => Database },
): Promise<string[]> {
  const reports: string[] = [];
  const timer = new AbortController();
  const onError = (error: unknown) => reports.push(messageOf(error));
  const hanging = clock.sleep(PATIENCE, timer.signal).then(() => {
    throw new Error(`It does not come to an end. ${reports.join('; ')}`);
  });
  try {
    await Promise.race([carryOutAll(folder, { points: createCrashPoints(0), adapt, onError }), hanging]);
    return reports;
  } finally {
    timer.abort();
    await hanging.catch(() => undefined);
  }
}

type End = { kind: 'finished'; points: number } | { kind: 'died' } | { kind: 'failed'; reason: string };

async function workerEnd(folder: string, crashAt: number): Promise<End> {
  const child = fork(workerPath, [folder, String(crashAt)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let points: unknown;
  child.on('message', (message) => {
    points = message;
  });
  const impatience = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
  await once(child, 'exit');
  clearTimeout(impatience);
  if (child.signalCode === 'SIGKILL') return { kind: 'died' };
  if (child.exitCode === 0 && typeof points === 'number') return { kind: 'finished', points };
  return { kind: 'failed', reason: `A process ended with ${child.signalCode ?? child.exitCode}` };
}
