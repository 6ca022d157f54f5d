import { messageOf } from '../../src/domain/errors.ts';
import { Bell } from './bell.ts';
import { createContext } from './context.ts';
import type { RunEnd, RunRecord } from './driver.ts';
import { AbortRequested, type Job, type OpenQuestion } from './engine.ts';
import { journalValue } from './journal-value.ts';
import { LiveRun } from './live-run.ts';
import { failureOf } from './outcome.ts';
import { RunsWithoutCode } from './runs-without-code.ts';
import { type Setting, stick } from './setting.ts';
import type { Term } from './term.ts';

const unflagged = { abort: undefined, paused: false } as const;

type Shared = Omit<Setting, 'run'> & { pollMs: number };

/** Carries out the active runs, and makes queued ones active, for as long as its term goes on. */
export class Leader {
  readonly term: Term;
  readonly #shared: Shared;
  readonly #bell = new Bell();
  readonly #live = new Map<string, LiveRun>();
  readonly #withoutCode: RunsWithoutCode;

  constructor(shared: Shared) {
    this.term = shared.term;
    this.#shared = shared;
    this.#withoutCode = new RunsWithoutCode(shared);
  }

  poke(): void {
    this.#bell.ring();
  }

  questions(): readonly OpenQuestion[] {
    return Array.from(this.#live.values()).flatMap((run) => [...run.questions]);
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
      const pauseMs = await this.#tick();
      await this.#bell.wait(clock, { seen, until: clock.now() + pauseMs });
    }
  }

  /** Resolves when no attempt of any run is under way. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#live.values(), (run) => run.settled()));
  }

  /** Returns after how many milliseconds to look again though nobody pokes. */
  async #tick(): Promise<number> {
    const { definitions, pollMs } = this.#shared;
    const { clock } = this.term;
    try {
      const sight = await this.term.call((leadership) => leadership.look());
      const flagged = new Map(sight.flagged.map((flags) => [flags.id, flags]));
      for (const run of this.#live.values()) run.note(flagged.get(run.id) ?? unflagged);
      for (const run of this.#live.values()) run.wakeDue(clock.now());
      for (const signal of sight.rung) this.#ring(signal);
      await this.#withoutCode.meetAborts(sight.flagged);
      for (const run of this.#live.values()) if (run.watching.size > 0) run.bell.ring();
      const admitted = await this.term.call((leadership) => leadership.admit(definitions.newest()));
      for (const record of admitted) await this.#begin(record);
      return Math.min(pollMs, Math.max(0, (sight.nextStartAt ?? Number.POSITIVE_INFINITY) - clock.now()));
    } catch (error) {
      this.term.report(error);
      return 10 * pollMs;
    }
  }

  #ring(signal: { run: string; name: string }): void {
    const run = this.#live.get(signal.run);
    for (const expected of run?.expected ?? []) if (expected.name === signal.name) run?.bell.ring();
  }

  async #begin(record: RunRecord): Promise<void> {
    if (record.status === 'stuck') return this.#giveUp(record, record.error ?? 'It cannot be read');
    const job = this.#shared.definitions.find(record.job, record.version);
    if (job === undefined) return this.#withoutCode.keep(record);
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
    const end = await endOf(setting, job, (record) => this.#begin(record));
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

async function endOf(
  setting: Setting,
  job: Job,
  begin: (record: RunRecord) => Promise<void>,
): Promise<RunEnd> {
  try {
    const output = await job(createContext(setting, begin));
    return { status: 'done', output: journalValue(output, `Job "${setting.run.job}"`) };
  } catch (error) {
    if (error instanceof AbortRequested) return { status: 'aborted' };
    setting.term.report(new Error(`Run ${setting.run.id} failed`, { cause: error }));
    const { errorName, message } = failureOf(error);
    return { status: 'failed', errorName, error: message };
  }
}
