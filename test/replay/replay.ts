import { createEngine } from '../../jobs/engine/create-engine.ts';
import type { Engine } from '../../jobs/engine/engine.ts';
import { clock } from '../../src/clock.ts';
import { messageOf } from '../../src/domain/errors.ts';
import { type ComesTo, createJournalDriver } from './journal-driver.ts';
import { fileOf, type RecordedEntry, type RecordedRun } from './recorded-run.ts';

/** A replay waits for nothing in the world, so one that takes longer hangs. Milliseconds. */
const PATIENCE = 2_000;

/** Tells an engine the jobs as they are now. */
export type Define = (engine: Engine) => void;

/**
 * How the jobs as they are now contradict a recorded journal, at its end and wherever a run may be under way when Forge
 * is updated; in words that say what to do. Undefined: they do not.
 */
export async function contradictionOf(recorded: RecordedRun, define: Define): Promise<string | undefined> {
  for (let known = 0; known <= recorded.entries.length; known += 1) {
    const problem = problemOf(recorded, known, await comesTo(recorded, known, define));
    if (problem !== undefined) return explained(recorded, problem);
  }
  return undefined;
}

/** What the run comes to when its journal has its first `known` entries. */
async function comesTo(recorded: RecordedRun, known: number, define: Define): Promise<ComesTo> {
  const { promise, resolve } = Promise.withResolvers<ComesTo>();
  const driver = createJournalDriver(recorded, recorded.entries.slice(0, known), resolve);
  const reports: string[] = [];
  const onError = (error: unknown) => reports.push(messageOf(error));
  const engine = createEngine(driver, { clock, pollMs: 3_600_000, onError, onFenced: onError });
  define(engine);
  await engine.start();
  const timer = new AbortController();
  const hanging = clock.sleep(PATIENCE, timer.signal).then(
    () => resolve({ kind: 'nothing', reports }),
    () => undefined,
  );
  const to = await promise;
  timer.abort();
  await Promise.all([hanging, engine.stop({ grace: 0 })]);
  return to;
}

function problemOf(recorded: RecordedRun, known: number, to: ComesTo): string | undefined {
  const next = recorded.entries[known];
  if (to.kind === 'nothing') return `It does not go on after ${known} operations. ${to.reports.join('; ')}`;
  if (to.kind === 'operation') {
    const { sequence, kind, name } = to.place;
    const asked = `the code asks for ${kind} "${name}"`;
    if (next === undefined) return `Operation ${sequence}: the journal ended before it, ${asked}`;
    if (sequence === known && kind === next.kind && name === next.name) return undefined;
    return `Operation ${next.sequence}: ${had(next)}, ${asked}`;
  }
  const { status, error } = to.end;
  if (status === 'stuck') return error ?? 'It is stuck';
  if (next !== undefined) {
    return `Operation ${next.sequence}: ${had(next)}, the code ended before it (${ended(to.end)})`;
  }
  const isSame = status === recorded.end.status && (error ?? null) === recorded.end.error;
  return isSame ? undefined : `It ended as ${ended(recorded.end)}, and ends as ${ended(to.end)} now`;
}

function had({ kind, name }: RecordedEntry): string {
  return `the journal has ${kind} "${name}"`;
}

function ended({ status, error }: { status: string; error?: string | null }): string {
  return error === undefined || error === null ? status : `${status}: ${error}`;
}

function explained(recorded: RecordedRun, problem: string): string {
  const { job, version } = recorded;
  return `${problem}.
This is a journal of job "${job}", version ${version} (${fileOf(recorded)}). Deployments that are running when Forge is updated to this code would become stuck.
Leave version ${version} of "${job}" as it was, define the changed job as version ${version + 1} beside it in jobs/index.ts, and run npm run replay:record, which adds journals of the new version.`;
}
