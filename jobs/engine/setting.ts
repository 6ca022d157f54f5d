import type { Definitions } from './definitions.ts';
import type { Driver, Leadership, Outcome, StartRun } from './driver.ts';
import type { OpenQuestion } from './engine.ts';
import type { LiveRun, Reached } from './live-run.ts';
import { deliver } from './outcome.ts';
import { never, type Term } from './term.ts';

/** What an operation of a run works with. */
export type Setting = {
  run: LiveRun;
  term: Term;
  driver: Driver;
  definitions: Definitions;
  /** A run that does more operations than this without starting over is stuck. */
  mostOperations: number;
  /** An operation's outcome is unknown and a person must say what to do. */
  onQuestion: (question: OpenQuestion) => void;
};

/**
 * Carries out an operation the job has come to, or gives what the journal has of it. Never comes back where this
 * process may not go on, or where the journal has another operation here: then the run is stuck.
 */
export async function carryOut<Value>(
  reached: Reached,
  work: () => Promise<Outcome>,
  setting: Setting,
): Promise<Value> {
  const { place, past } = reached;
  if (setting.run.isDismissed) return never();
  if (past !== undefined && (past.kind !== place.kind || past.name !== place.name)) {
    return stick(
      `Operation ${place.sequence}: the journal has ${past.kind} "${past.name}", the code asks for ${place.kind} "${place.name}"`,
      setting,
    );
  }
  if (past?.outcome !== undefined) return deliver(past.outcome);
  const { run, mostOperations } = setting;
  if (past === undefined && run.operations > mostOperations) {
    return stick(
      `Operation ${place.sequence} ("${place.name}") is one too many: a run may do ${mostOperations}, and work that goes on for ever starts over in time`,
      setting,
    );
  }
  await untilResumed(reached, setting);
  await setting.term.mayBegin();
  if (run.isDismissed) return never();
  return deliver(await work());
}

/** Writes for the run. Whoever ends it, or has it start over, waits until that is done. */
export function write<Result>(
  work: (leadership: Leadership) => Promise<Result>,
  { run, term }: Setting,
): Promise<Result> {
  return run.busy(term.call(work));
}

/** Ends the run as stuck: its code and its journal contradict each other, so no step of it can be right. */
export async function stick(error: string, { run, term }: Setting): Promise<never> {
  run.dismiss(new Error(error));
  // The key is free only when nothing of this run is under way any more.
  await run.settled();
  await term.call((leadership) => leadership.end(run.id, { status: 'stuck', error }));
  term.report(new Error(`Run ${run.id} is stuck. ${error}`));
  return never();
}

/** Resolves at `until`, or earlier when the run is to be aborted here; never once the run is over. */
export async function parkUntil(until: number, { place }: Reached, { run, term }: Setting): Promise<void> {
  for (;;) {
    const seen = run.bell.rings;
    if (run.isDismissed) return never();
    if (term.clock.now() >= until || (place.deliverAbort && run.abort !== undefined)) return;
    await run.bell.wait(term.clock, { seen, until });
  }
}

async function untilResumed({ place }: Reached, { run, term }: Setting): Promise<void> {
  for (;;) {
    const seen = run.bell.rings;
    if (!run.paused || !place.deliverAbort || run.abort !== undefined) return;
    await run.bell.wait(term.clock, { seen });
  }
}

/** A child, checked as far as this code can. */
export function childRun(start: Omit<StartRun, 'kind'>, { definitions }: Setting): StartRun {
  if (!definitions.has(start.job)) throw new Error(`No job "${start.job}" is defined`);
  return { kind: 'start-run', ...start };
}
