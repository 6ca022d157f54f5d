import type { Json } from '../../src/domain/json.ts';
import type { Change } from '../../src/ports/store.ts';
import type { RunStatus, RunView } from './engine.ts';

/** How an operation ended, as the journal keeps it. */
export type Outcome =
  | { kind: 'ok'; value?: Json | undefined }
  | { kind: 'failed'; errorName: string; message: string }
  | { kind: 'aborted'; by: string; reason: string };

export type OperationKind = 'operation' | 'commit' | 'sleep' | 'wait' | 'value' | 'spawn' | 'run-all';

/** An operation as the journal has it. */
export type JournalEntry = {
  sequence: number;
  kind: string;
  name: string;
  /** Attempts begun so far. */
  attempt: number;
  /** An attempt of an earlier process never reported. */
  unknown: boolean;
  /** An attempt was begun and has not reported. */
  running: boolean;
  dueAt: number | undefined;
  /** Undefined while it goes on. */
  outcome: Outcome | undefined;
};

/** One operation of one run, and whether an abort may end it. */
export type Place = {
  run: string;
  sequence: number;
  kind: OperationKind;
  name: string;
  /** False inside a shield. */
  deliverAbort: boolean;
};

export type StartRun = Extract<Change, { kind: 'start-run' }>;
export type Abort = { by: string; reason: string };
/** What is stored of a run: whether this code can carry it out is not. */
export type StoredRun = Omit<RunView, 'needs'> & { errorName: string | undefined };
export type RunRecord = StoredRun & {
  abort: Abort | undefined;
  /** Sequence of the first operation since it began or started over. */
  firstSequence: number;
};
export type RunEnd = {
  status: Extract<RunStatus, 'done' | 'failed' | 'aborted' | 'stuck'>;
  output?: Json | undefined;
  errorName?: string;
  error?: string;
};

/** What changed around the active runs. */
type Sight = {
  /** Active runs that are to be aborted or are paused; none of the others is. */
  flagged: { id: string; abort: Abort | undefined; paused: boolean }[];
  /** Signals nobody has taken yet. */
  rung: { run: string; name: string }[];
  /** When the next queued run may start that may not start yet, in milliseconds since the epoch. */
  nextStartAt: number | undefined;
};

/** Where runs are kept. Everything here but leading may be done by any process. */
export type Driver = {
  /** Calls `listener` after every write of this process that may concern a run. Returns how to stop that. */
  onWrite(listener: () => void): () => void;
  /** Tells listeners of something a leader wrote. */
  announce(): void;
  startRun(run: Omit<StartRun, 'kind'>): Promise<'queued' | 'exists'>;
  signal(signal: { run: string; name: string; id: string; by: string; value: Json }): Promise<void>;
  /**
   * A run that has not begun ends at once; another is flagged, also one that is queued to be tried again, so that its job
   * can put things back. Idempotent: the first abort counts.
   */
  abort(run: string, abort: Abort): Promise<void>;
  pause(run: string, options: { paused: boolean; by: string }): Promise<void>;
  /** Queues a stuck run again; whatever else it is, that is refused. Keeps its version and its journal. */
  retry(run: string, by: string): Promise<void>;
  get(run: string): Promise<StoredRun | undefined>;
  /** A run that cannot be read counts as stuck. */
  list(statuses: readonly RunStatus[]): Promise<StoredRun[]>;
  /** Tells damage of the storage, also where somebody else met it, from other errors. */
  damageIn(error: unknown): StorageDamaged | undefined;
  /** Undefined: another process leads. */
  tryToLead(owner: string): Promise<Leadership | undefined>;
};

/**
 * What only the leader may do. Every method is one transaction that first makes sure that this is still the leader,
 * and rejects with `Fenced` where it is not, with `StorageUnavailable` where nothing was written and trying again may
 * help, or with `StorageDamaged`. All are idempotent: an operation that has an outcome keeps it.
 */
export type Leadership = {
  /** One that cannot be read is `stuck` here, and its error says why. */
  activeRuns(): Promise<RunRecord[]>;
  /** Makes queued runs active whose time has come and whose key is free. `versions`: the newest of each job. */
  admit(versions: ReadonlyMap<string, number>): Promise<RunRecord[]>;
  look(): Promise<Sight>;
  journal(run: string): Promise<JournalEntry[]>;

  /** Begins an attempt and counts it, or records `aborted`. */
  begin(place: Place): Promise<JournalEntry>;
  /** The attempt reported a failure; the next one is due then. */
  postpone(place: Place, dueAt: number): Promise<void>;
  /** Keeps until when people may say what became of the attempt that never reported. Returns the first such time. */
  ask(place: Place, dueAt: number): Promise<number>;
  /** Records `outcome` where at most `heard` signals named `answer` are there. Undefined: there is another; nothing was recorded. */
  recordUnanswered(
    place: Place,
    unanswered: { answer: string; heard: number; outcome: Outcome },
  ): Promise<Outcome | undefined>;
  /** Opens an operation that waits, and writes `changes` with it the first time; or records `aborted`. */
  open(
    place: Place,
    opening: { dueAt?: number | undefined; changes?: readonly Change[] },
  ): Promise<JournalEntry>;
  /** Records how it ended, unless the run is to be aborted: then that. Returns what was recorded. */
  record(place: Place, outcome: Outcome): Promise<Outcome>;
  /** Writes `changes` and the outcome together: `value`, or else whether it was committed. */
  commit(place: Place, commit: { changes: readonly Change[]; value?: Json }): Promise<Outcome>;
  /** Takes the oldest signal of that name sent until `until` and records it. Undefined: there is none. */
  take(place: Place, signal: { name: string; until?: number | undefined }): Promise<Outcome | undefined>;
  /** Values of the signals of that name in the order they came, without taking them. */
  peek(run: string, name: string): Promise<Json[]>;
  /** Empties the run's journal; its next operation has this sequence or a higher one. */
  startOver(run: string, sequence: number): Promise<RunRecord>;
  /** Ends the run and frees its key. */
  end(run: string, end: RunEnd): Promise<void>;
  /**
   * Deletes the journals and signals of at most `limit` runs that ended before that time, and such signals of runs that
   * never were; a stuck run keeps them, because it may go on. The runs themselves stay: their ids keep what was started
   * once from being started again, and a run that waits for them reads how they ended. Returns how many were purged.
   */
  purge(old: { before: number; limit: number }): Promise<number>;
  /** Gives back the space that writing took beside what is kept. Does nothing where others are reading just then. */
  compact(): Promise<void>;
  /** Lets another process lead. */
  release(): Promise<void>;
};

/** Another process leads now. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/** Nothing was written, for a reason that may pass, such as a full disk. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** What is kept cannot be trusted any more: nothing further may be read or written. */
export class StorageDamaged extends Error {
  override readonly name = 'StorageDamaged';
}
