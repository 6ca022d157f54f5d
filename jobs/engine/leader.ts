import { messageOf } from '../../src/domain/errors.ts';
import { Bell } from './bell.ts';
import { createContext } from './context.ts';
import type { RunEnd, RunRecord } from './driver.ts';
import { AbortRequested, type Job } from './engine.ts';
import { journalValue } from './journal-value.ts';
import { LiveRun } from './live-run.ts';
import { failureOf } from './outcome.ts';
import { type Setting, stick } from './setting.ts';
import type { Term } from './term.ts';

type Shared = Omit<Setting, 'run'> & { pollMs: number };

/** Carries out the active runs, and makes queued ones active, for as long as its term goes on. */
export class Leader {
  readonly term: Term;
  readonly #shared: Shared;
  readonly #bell = new Bell();
  readonly #live = new Map<string, LiveRun>();

  constructor(shared: Shared) {
    this.term = shared.term;
    this.#shared = shared;
  }

  poke(): void {
    this.#bell.ring();
  }

  /** Goes on with what an earlier leader left. */
  async takeUp(): Promise<void> {
    for (const record of await this.term.call((leadership) => leadership.activeRuns()))
      await this.#begin(record);
  }

  /** Resolves when the term ends. */
  async work(): Promise<void> {
    const { clock, leaving } = this.term;
    leaving.addEventListener('abort', () => this.poke(), { once: true });
    while (!leaving.aborted) {
      const seen = this.#bell.rings;
      const until = await this.#tick();
      await this.#bell.wait(clock, { seen, until });
    }
  }

  /** Resolves when no attempt of any run is under way. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#live.values(), (run) => run.settled()));
  }

  /** Returns when to look again though nobody pokes. */
  async #tick(): Promise<number> {
    const { definitions, pollMs } = this.#shared;
    const { clock } = this.term;
    try {
      const sight = await this.term.call((leadership) => leadership.look());
      for (const flags of sight.runs) this.#live.get(flags.id)?.note(flags);
      for (const signal of sight.rung) this.#ring(signal);
      for (const run of this.#live.values()) if (run.watching.size > 0) run.bell.ring();
      const admitted = await this.term.call((leadership) => leadership.admit(definitions.newest()));
      for (const record of admitted) await this.#begin(record);
      return Math.min(clock.now() + pollMs, sight.nextStartAt ?? Number.POSITIVE_INFINITY);
    } catch (error) {
      this.term.report(error);
      return clock.now() + 10 * pollMs;
    }
  }

  #ring(signal: { run: string; name: string }): void {
    const run = this.#live.get(signal.run);
    for (const expected of run?.expected ?? []) if (expected.name === signal.name) run?.bell.ring();
  }

  async #begin(record: RunRecord): Promise<void> {
    if (record.status === 'stuck') return this.#giveUp(record, record.error ?? 'It cannot be read');
    const job = this.#shared.definitions.find(record.job, record.version);
    if (job === undefined) {
      const needed = `version ${record.version} of job "${record.job}"`;
      return this.#giveUp(record, `It needs ${needed}, which this code does not have`);
    }
    try {
      const run = new LiveRun(record, await this.term.call((leadership) => leadership.journal(record.id)));
      this.#live.set(run.id, run);
      this.#carryOut(run, job).catch((error: unknown) => this.term.report(error));
    } catch (error) {
      await this.#giveUp(record, `Its journal cannot be read: ${messageOf(error)}`);
    }
  }

  /** Ends a run this code cannot carry out, so that it counts as nobody's. It keeps no other run from going on. */
  async #giveUp({ id }: RunRecord, error: string): Promise<void> {
    this.term.report(new Error(`Run ${id} is stuck. ${error}`));
    try {
      await this.term.call((leadership) => leadership.end(id, { status: 'stuck', error }));
    } catch (cause) {
      this.term.report(new Error(`Run ${id} could not be ended as stuck`, { cause }));
    }
  }

  async #carryOut(run: LiveRun, job: Job): Promise<void> {
    const setting = { ...this.#shared, run };
    const end = await endOf(setting, job);
    // The key is free only when nothing of this run is under way any more.
    run.dismiss(new Error(`Run ${run.id} has ended`));
    await run.settled();
    const unreached = run.unreached();
    if (unreached !== undefined) {
      await stick(
        `Operation ${unreached.sequence}: the journal has ${unreached.kind} "${unreached.name}", the code ended before it`,
        setting,
      );
    }
    await this.term.call((leadership) => leadership.end(run.id, end));
    this.#live.delete(run.id);
    this.poke();
  }
}

async function endOf(setting: Setting, job: Job): Promise<RunEnd> {
  try {
    const output = await job(createContext(setting));
    return { status: 'done', output: journalValue(output, `Job "${setting.run.job}"`) };
  } catch (error) {
    if (error instanceof AbortRequested) return { status: 'aborted' };
    setting.term.report(new Error(`Run ${setting.run.id} failed`, { cause: error }));
    const { errorName, message } = failureOf(error);
    return { status: 'failed', errorName, error: message };
  }
}
