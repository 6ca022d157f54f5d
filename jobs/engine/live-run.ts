import type { Json } from '../../src/domain/json.ts';
import { Bell } from './bell.ts';
import type { Abort, JournalEntry, OperationKind, Place, RunRecord } from './driver.ts';
import { AbortRequested, type OpenQuestion } from './engine.ts';

/** An operation the job has come to, with what the journal has of it. */
export type Reached = { place: Place; past: JournalEntry | undefined };

type RunningAttempt = { controller: AbortController; deliverAbort: boolean };

/** A run as this process carries it out. */
export class LiveRun {
  readonly id: string;
  readonly job: string;
  readonly version: number;
  readonly key: string | undefined;
  readonly input: Json;
  /** Rings when anything happened that an operation of this run may wait for. */
  readonly bell = new Bell();
  /** Signals that operations wait for now. */
  readonly expected = new Set<{ name: string }>();
  /** Operations that wait for a person's word now. */
  readonly questions = new Set<OpenQuestion>();
  /** Operations that wait for other runs now. */
  readonly watching = new Set<object>();
  abort: Abort | undefined;
  paused: boolean;
  readonly #firstSequence: number;
  readonly #journal: ReadonlyMap<number, JournalEntry>;
  readonly #attempts = new Set<RunningAttempt>();
  readonly #busy = new Set<Promise<unknown>>();
  #sequence: number;
  #shields = 0;
  #dismissal: Error | undefined;

  constructor(record: RunRecord, journal: readonly JournalEntry[]) {
    this.id = record.id;
    this.job = record.job;
    this.version = record.version;
    this.key = record.key;
    this.input = record.input;
    this.abort = record.abort;
    this.paused = record.paused;
    this.#firstSequence = record.firstSequence;
    this.#sequence = record.firstSequence;
    this.#journal = new Map(journal.map((entry) => [entry.sequence, entry]));
  }

  /** Takes the next sequence number: call it before anything is awaited, so that the order is the code's. */
  reach(kind: OperationKind, name: string): Reached {
    const sequence = this.#sequence++;
    const place = { run: this.id, sequence, kind, name, deliverAbort: this.#shields === 0 };
    return { place, past: this.#journal.get(sequence) };
  }

  get nextSequence(): number {
    return this.#sequence;
  }

  /** How many it has come to since it began or started over. */
  get operations(): number {
    return this.#sequence - this.#firstSequence;
  }

  /** It has ended, is stuck or starts over: what the job still has under way here is nobody's any more. */
  get isDismissed(): boolean {
    return this.#dismissal !== undefined;
  }

  get isShielded(): boolean {
    return this.#shields > 0;
  }

  /** What the journal has but the code did not come to. */
  unreached(): JournalEntry | undefined {
    return this.#journal.get(this.#sequence);
  }

  async shield<Value>(section: () => Promise<Value>): Promise<Value> {
    this.#shields += 1;
    try {
      return await section();
    } finally {
      this.#shields -= 1;
    }
  }

  /** Takes over what was asked of the run from outside. */
  note(flags: { abort: Abort | undefined; paused: boolean }): void {
    const isNew = this.paused !== flags.paused || (this.abort === undefined && flags.abort !== undefined);
    this.paused = flags.paused;
    this.abort = flags.abort;
    if (!isNew) return;
    for (const attempt of this.#attempts) this.#deliver(attempt);
    this.bell.ring();
  }

  /** Gives the attempt's controller an abort that is or will be asked for, until the work is done. */
  async attempt<Value>(attempt: RunningAttempt, work: () => Promise<Value>): Promise<Value> {
    this.#attempts.add(attempt);
    this.#deliver(attempt);
    try {
      return await work();
    } finally {
      this.#attempts.delete(attempt);
    }
  }

  /** Wakes what is due by the wall clock now, though a timer set before the clock was moved has not ended. */
  wakeDue(now: number): void {
    this.bell.wakeDue(now);
  }

  /** Remembers work that must not be cut off. */
  async busy<Value>(work: Promise<Value>): Promise<Value> {
    this.#busy.add(work);
    try {
      return await work;
    } finally {
      this.#busy.delete(work);
    }
  }

  /** Resolves when no attempt runs any more and each has been recorded. */
  async settled(): Promise<void> {
    while (this.#busy.size > 0) await Promise.allSettled(this.#busy);
  }

  /** Asks attempts that nobody awaits any more to end. Nothing else of this run goes on from here. */
  dismiss(reason: Error): void {
    this.#dismissal = reason;
    this.expected.clear();
    this.questions.clear();
    this.watching.clear();
    for (const attempt of this.#attempts) this.#deliver(attempt);
  }

  #deliver({ controller, deliverAbort }: RunningAttempt): void {
    if (this.#dismissal !== undefined) controller.abort(this.#dismissal);
    if (deliverAbort && this.abort !== undefined) {
      controller.abort(new AbortRequested(this.abort.by, this.abort.reason));
    }
  }
}
