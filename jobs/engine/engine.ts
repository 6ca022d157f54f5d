import type { Json } from '../../src/domain/json.ts';
import type { Change, CommitResult } from '../../src/ports/store.ts';

/** Milliseconds, or a number with a unit. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** One try of an operation's body. */
export type Attempt = {
  /** 1, 2, 3 …, counted durably, across crashes. */
  attempt: number;
  /** An earlier process began this operation and never reported: its effect may have happened. */
  unknown: boolean;
  /** The same for every attempt of this operation. */
  idempotencyKey: string;
  /** Aborts when the run is aborted, when the operation's time is up, or when this process loses leadership. */
  signal: AbortSignal;
};

export type RetryPolicy = {
  /** How many attempts there may be in all, 1 or more. */
  attempts: number;
  backoff?: Duration;
  /** Growth of the back-off from one attempt to the next (default 2). */
  factor?: number;
  maxBackoff?: Duration;
  /** False: this error is final. Default: every error but `Fatal` is worth another attempt. */
  on?: (error: unknown) => boolean;
};

/** What is asked about an operation whose outcome is unknown, and what counts when nobody answers. */
export type Question = {
  /** How long to wait for an answer. The deadline is journaled when the question is first asked; a restart keeps it. */
  within: Duration;
  /**
   * What counts at the deadline: never that it happened, and never another attempt. `abort` ends the operation as an
   * abort of the run does, `failed` as a failure with the error name `NobodyAnswered`.
   */
  otherwise: 'abort' | 'failed';
  /** For whoever asks people; the engine only hands it on. */
  about: Json;
};

/** Who aborted an operation whose question nobody answered. */
export const nobody = 'nobody';

/** An operation that waits for a person's answer: a signal to `run` named `answer`. */
export type OpenQuestion = {
  run: string;
  operation: string;
  answer: string;
  /** Milliseconds since the epoch. Undefined: it waits for ever. */
  deadline: number | undefined;
  otherwise: Question['otherwise'] | undefined;
  about: Json;
};

export type OperationOptions<Value> = {
  retry?: RetryPolicy;
  /** Per attempt. The body's signal aborts with a `TimeLimitReached` reason. */
  within?: Duration;
  /** Default: `${runId}:${sequence}:${name}`. */
  idempotencyKey?: string;
  /** What to do with an operation whose outcome an earlier process left unknown (default `redo`). */
  onUnknown?: 'redo' | 'reconcile' | 'ask';
  /** For `ask`. Default: it waits for ever, and whoever asks people knows the operation's name only. */
  question?: Question;
  /** Asks the world whether the effect happened. Needed for `reconcile`. */
  reconcile?: (attempt: Attempt) => Promise<{ done: true; value: Value } | { done: false }>;
};

export type Signalled = { kind: 'signalled'; value: Json; by: string; at: number };

/**
 * What a job may do. Every method but `shield` is one operation of the run: it is journaled, and after a crash
 * the job's function runs again from the start with the journaled results, so the function must be deterministic
 * between operations (no clocks, no randomness, no reading of the world outside of one). Operations side by side are
 * awaited all together: which of them ends first is not journaled, so a race may go the other way after a crash.
 */
export type JobContext<Input extends Json = Json> = {
  readonly runId: string;
  readonly key: string | undefined;
  readonly input: Input;
  /** Version of the job this run was started with; branch on it when code changes. */
  readonly version: number;
  /** Runs `body` at least once; never again once its result is recorded. */
  operation<Value extends Json | undefined>(
    name: string,
    body: (attempt: Attempt) => Promise<Value>,
    options?: OperationOptions<Value>,
  ): Promise<Value>;
  /**
   * Writes changes and the journal entry in one transaction: exactly once. An append without a cause of its own
   * gets `runId/sequence`. `conflict` is journaled too.
   */
  commit(name: string, changes: readonly JobChange[]): Promise<Exclude<CommitResult, 'already-committed'>>;
  sleep(name: string, duration: Duration | { until: number }): Promise<void>;
  /** The oldest signal of that name not yet taken; buffered, so one sent earlier counts. */
  waitFor(
    signal: string,
    options?: { within?: Duration | { until: number } },
  ): Promise<Signalled | { kind: 'timed-out' }>;
  /** Milliseconds since the epoch. */
  now(): Promise<number>;
  random(): Promise<number>;
  uuid(): Promise<string>;
  /** Starts another run; returns its id (default `${runId}/${sequence}`). */
  spawn(
    job: string,
    input: Json,
    options?: { id?: string; key?: string; at?: number; delay?: Duration },
  ): Promise<string>;
  /** Runs children side by side and returns their results by name; aborting this run aborts them and waits for them. */
  runAll(branches: Record<string, { job: string; input: Json }>): Promise<Record<string, Json>>;
  /**
   * Forgets the journal and begins the job again with the same input, version and key, for work that may go on for ever:
   * what must not be done again has to show in the world or in the store. Signals that were taken stay taken. Comes back
   * only where fewer than `after` operations were done since the run began or started over. Not inside a shield.
   */
  startOver(options?: { after?: number }): Promise<void>;
  /** Abort and pause are not delivered inside: for putting things back. */
  shield<Value>(section: () => Promise<Value>): Promise<Value>;
};

type Append = Extract<Change, { kind: 'append' }>;
/** In a job, `by` and `cause` of an append come from the run unless they are given. */
export type JobChange =
  | Exclude<Change, Append>
  | (Omit<Append, 'cause' | 'by'> & Partial<Pick<Append, 'cause' | 'by'>>);

export type Job<Input extends Json = Json, Output extends Json | undefined = Json | undefined> = (
  context: JobContext<Input>,
) => Promise<Output>;

/** Thrown at the operation where an abort is delivered, and journaled there. */
export class AbortRequested extends Error {
  override readonly name = 'AbortRequested';
  readonly by: string;
  readonly reason: string;
  constructor(by: string, reason: string) {
    super(`Aborted by ${by}: ${reason}`);
    this.by = by;
    this.reason = reason;
  }
}

/** An error that no retry can mend. */
export class Fatal extends Error {
  override readonly name = 'Fatal';
}

/** Why an attempt's signal aborted: its time was up. */
export class TimeLimitReached extends Error {
  override readonly name = 'TimeLimitReached';
}

/** An operation's error as it comes back from the journal: after a restart the original class is gone. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  /** `name` of the error the body threw. */
  readonly errorName: string;
  constructor(errorName: string, message: string) {
    super(message);
    this.errorName = errorName;
  }
}

export type RunStatus = 'queued' | 'active' | 'done' | 'failed' | 'aborted' | 'stuck';
export type RunView = {
  id: string;
  job: string;
  version: number;
  key: string | undefined;
  status: RunStatus;
  paused: boolean;
  input: Json;
  output: Json | undefined;
  /** Message of the error of a failed run; of a stuck one, why this code cannot carry it out. */
  error: string | undefined;
  /** Version of its job that this code does not have: it stays active, and waits for code that does. */
  needs?: number | undefined;
  createdAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
};

export type Engine = {
  /** Before `start`. Several versions of one job may stand side by side. */
  define<Input extends Json, Output extends Json | undefined>(
    name: string,
    version: number,
    job: Job<Input, Output>,
  ): void;
  /**
   * Resolves when this process leads and has taken up every active run, or at once as a standby. One that fails to
   * lead reports why and goes on trying as a standby.
   */
  start(): Promise<void>;
  /** Admits nothing more, gives running operations `grace` (default 5 s) to settle, gives up leadership. */
  stop(options?: { grace?: Duration }): Promise<void>;
  readonly isLeading: boolean;
  /** Runs `loop` whenever this process leads; its signal aborts when leadership ends. Before `start`. */
  whileLeading(name: string, loop: (signal: AbortSignal) => Promise<void>): void;
  run(
    name: string,
    input: Json,
    options: { id: string; key?: string; at?: number; priority?: number },
  ): Promise<'queued' | 'exists'>;
  signal(runId: string, name: string, options: { id: string; by: string; value?: Json }): Promise<void>;
  abort(runId: string, by: string, reason: string): Promise<void>;
  /** Parks the run before its next operation. The administrator's tool, not a deployment's pause. */
  pause(runId: string, options: { paused: boolean; by: string }): Promise<void>;
  /**
   * Lets a stuck run go on once its code, or what it could not read, was mended: it is queued again with its version, its
   * key and its journal. Throws for one that is not stuck.
   */
  retry(runId: string, by: string): Promise<void>;
  get(runId: string): Promise<RunView | undefined>;
  /** Runs that ended as failed or stuck, or not yet ended; for reconciliation. */
  list(filter: { statuses: readonly RunStatus[] }): Promise<RunView[]>;
  /** What waits for a person now, while this process leads; none until a run has come to it again after a restart. */
  questions(): readonly OpenQuestion[];
  /** Something was written by another part of this process: look now instead of at the next poll. */
  poke(): void;
};
