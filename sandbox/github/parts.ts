/**
 * How the sandbox's GitHub fits together: `github.ts` answers over real repositories, `seed/` says what they hold at the
 * start, `actions/` runs their workflows. Moments are milliseconds since the epoch.
 */

/** A repository as it is when the sandbox starts. */
export type SeedRepository = {
  /** `owner/name`. */
  name: string;
  description: string;
  defaultBranch: string;
  /** For `git fast-import`: branches and tags, the same on every start (fixed people and dates), so that the commits are too. */
  history: string | Buffer;
};

export type Trigger = 'push' | 'pull_request' | 'workflow_dispatch';

export type WorkflowInput = {
  description?: string;
  required: boolean;
  default?: string;
  type: 'string' | 'boolean' | 'choice' | 'number' | 'environment';
  options?: readonly string[];
};

/** What a workflow file says of itself, as far as others than its runner need it. */
export type WorkflowFile = {
  name: string;
  on: {
    /** Patterns as GitHub's; a list that is absent restricts nothing, where its fellow is absent as well. */
    push?: { branches?: readonly string[]; tags?: readonly string[] };
    /** Branches they go into. */
    pull_request?: { branches?: readonly string[] };
    workflow_dispatch?: { inputs: Readonly<Record<string, WorkflowInput>> };
  };
};

export type Progress = 'queued' | 'in_progress' | 'completed';
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral';
type Advance = {
  status: Progress;
  /** Null until it is completed. */
  conclusion: Conclusion | null;
  startedAt?: number;
  completedAt?: number;
};

export type Step = Advance & { name: string; number: number };
export type Job = Advance & {
  /** From `RunnerHost.newId`: also the id of its check run. */
  id: number;
  name: string;
  steps: Step[];
  /** One line each, without the timestamp. */
  log: { at: number; text: string }[];
};

/** One run of a workflow. GitHub makes it; the runner changes `displayTitle`, `jobs` and how far it is, and tells. */
export type Run = Advance & {
  readonly id: number;
  /** Counts the runs of one workflow from 1. */
  readonly number: number;
  readonly repository: string;
  readonly workflow: { readonly id: number; readonly path: string; readonly name: string };
  readonly event: Trigger;
  /** What it was started for, such as `refs/heads/main`. */
  readonly ref: string;
  /** The commit at the ref. */
  readonly sha: string;
  /** Whoever pushed or dispatched: a login. */
  readonly actor: string;
  /** Of a dispatch, with the defaults of the file filled in. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly pullRequest?: number;
  readonly createdAt: number;
  /** What `run-name` comes to, else the title of the commit or pull request that it has at first. */
  displayTitle: string;
  jobs: Job[];
};

/** What a runner finds. */
export type RunnerHost = {
  /** The bare repository on disk. */
  gitDirectory(repository: string): string;
  newId(): number;
  /** To be called after every change of a run: it shows in the API, as check runs of its jobs, and as webhooks. */
  changed(run: Run): void;
};

export type WorkflowRunner = {
  /** What a file says, or a sentence about why it is no workflow. Pure. */
  read(text: string): WorkflowFile | { problem: string };
  /**
   * Begins a run, whose file holds `text`, and returns at once; by then `displayTitle` and the queued `jobs` are set. Never throws:
   * what can't be run ends as a failure whose log says why.
   */
  start(run: Run, text: string): void;
  /** Ends what it started; the run is completed as `cancelled` soon after. Idempotent; nothing for a run that ended. */
  cancel(id: number): void;
  /** Ends every process. Idempotent; within 2 s. */
  stop(): Promise<void>;
};
