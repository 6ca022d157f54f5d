import type { CommitCheckState } from '../domain/commit-check.ts';
import type { CallOptions } from './platform.ts';

/** The code host did not answer, or not in time: nobody knows whether a write happened. Trying again may help. */
export class CodeHostUnavailable extends Error {
  override readonly name = 'CodeHostUnavailable';
}

/** It answered no, and will again until somebody mends something. The message is a sentence for people. */
export class CodeHostRefused extends Error {
  override readonly name = 'CodeHostRefused';
  readonly why: RefusedBecause;
  constructor(message: string, why: RefusedBecause, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

/** `not-found` is also what GitHub says where a permission is missing. */
export type RefusedBecause = 'not-found' | 'forbidden' | 'credentials' | 'conflict' | 'invalid';

/** `owner/name`. */
export type Repository = string;

export type Commit = {
  /** 40 hexadecimal digits. */
  sha: string;
  /** As typed; the first line is its title. */
  message: string;
  author: Person;
  /** Milliseconds since the epoch. */
  at: number;
};

/** Foreign text, all of it: escaped where it is shown. */
export type Person = {
  /** What they are called on the code host. Absent: it knows only a name and an address. */
  login?: string;
  name?: string;
  email?: string;
};

/** What a ref is at this moment. */
export type RefNow = { kind: 'branch' | 'tag' | 'commit'; sha: string } | { kind: 'absent' };

/**
 * Whose a commit is. A code host also tells of the commits of forks through the repository they were made from, where nobody has
 * agreed to them.
 */
export type Belonging =
  /** This branch or tag has it. */
  | { kind: 'on'; ref: string }
  | { kind: 'on-none' }
  /** There are too many branches and tags to look at them all. */
  | { kind: 'unclear'; looked: number; of: number };

export type Comparison = {
  /** `diverged` where neither contains the other. */
  status: 'identical' | 'ahead' | 'behind' | 'diverged';
  /** Of `head` that `base` has not, the oldest first; at most 250. */
  commits: Commit[];
  /** How many there are, also where the list is cut. */
  totalCommits: number;
  /** At most 300. */
  files: ChangedFile[];
  /** Of the files listed. */
  additions: number;
  deletions: number;
  /** Where a person sees it all. */
  url?: string;
};
export type ChangedFile = {
  path: string;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'other';
  additions: number;
  deletions: number;
};

/** A check run or a commit status, told as one kind of thing. */
export type CommitCheck = {
  name: string;
  state: CommitCheckState;
  /** Where a person sees it all. */
  url?: string;
  /** A line it says of itself. */
  says?: string;
  /** Milliseconds since the epoch. */
  startedAt?: number;
};

export type PullRequest = {
  number: number;
  url: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  isDraft: boolean;
  /** The branch and its commit now. */
  head: { ref: string; sha: string };
  /** The branch it goes into. */
  base: { ref: string; sha: string };
  author: Person;
  /** `unknown`: GitHub is still working it out; ask again. `blocked`: a rule of the branch is not met; `why` in its words where known. */
  mergeable: 'yes' | 'conflict' | 'blocked' | 'behind' | 'unknown';
  labels: string[];
  /** Logins, and team slugs. */
  reviewersAsked: string[];
  /** Of the merge, once merged. */
  mergeCommit?: string;
  mergedBy?: Person;
};

/** The newest verdict of one person. */
export type Review = {
  by: Person;
  verdict: 'approved' | 'changes-requested' | 'commented' | 'dismissed';
  /** What they looked at. */
  sha: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Whether the code host counts it: from somebody with write access. */
  counts: boolean;
};

export type MergeMethod = 'merge' | 'squash' | 'rebase';
export type MergeOutcome =
  | { kind: 'merged'; sha: string }
  /** The head is another than asked for: nothing was merged. */
  | { kind: 'moved'; head: string }
  /** The code host does not let it: a sentence. */
  | { kind: 'refused'; reason: string };

/** One run of a workflow. */
export type WorkflowRun = {
  id: number;
  url: string;
  state: 'queued' | 'running' | 'passed' | 'failed' | 'cancelled';
  jobs: WorkflowJob[];
  /** Milliseconds since the epoch. */
  startedAt: number;
};
export type WorkflowJob = {
  name: string;
  state: 'queued' | 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped';
  steps: { name: string; state: 'queued' | 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped' }[];
  url?: string;
};

/** States of a deployment as the code host shows them. */
export type DeploymentStatus = 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

/**
 * Where the code is, its pull requests and its automation: GitHub. Every method throws `CodeHostUnavailable` or
 * `CodeHostRefused`. What writes is idempotent as said beside it; a read that is called often is answered from a conditional request.
 */
export type CodeHost = {
  /** A branch, then a tag, then a commit or a unique prefix of one (7 digits or more). Tags are followed to their commit. */
  ref(repository: Repository, ref: string, options: CallOptions): Promise<RefNow>;
  /** Every branch and tag with its commit, for polling: cheap while nothing changed. Tags followed to their commit. */
  refs(
    repository: Repository,
    options: CallOptions,
  ): Promise<{ branches: Record<string, string>; tags: Record<string, string> }>;
  commit(repository: Repository, sha: string, options: CallOptions): Promise<Commit | undefined>;
  /** Whether a branch or tag of the repository itself has the commit, `sha` being all of its digits. */
  belonging(repository: Repository, sha: string, options: CallOptions): Promise<Belonging>;
  compare(
    repository: Repository,
    range: { base: string; head: string },
    options: CallOptions,
  ): Promise<Comparison>;
  /** Text of a file at a commit; undefined where there is none. At most 1 MB. */
  file(
    repository: Repository,
    at: { path: string; sha: string },
    options: CallOptions,
  ): Promise<string | undefined>;
  /** Check runs and commit statuses of exactly this commit, one for each name: the newest, and the worst where several say it. */
  checks(repository: Repository, sha: string, options: CallOptions): Promise<CommitCheck[]>;

  /** The open one from `head` into `base`, or undefined. */
  openPullRequest(
    repository: Repository,
    of: { head: string; base: string },
    options: CallOptions,
  ): Promise<PullRequest | undefined>;
  pullRequest(repository: Repository, number: number, options: CallOptions): Promise<PullRequest>;
  /** Pull requests that brought a commit into its branch. */
  pullRequestsOf(repository: Repository, sha: string, options: CallOptions): Promise<PullRequest[]>;
  /** Opens one, or gives the open one that is there already: the same head and base have one. */
  createPullRequest(
    repository: Repository,
    request: { head: string; base: string; title: string; body: string },
    options: CallOptions,
  ): Promise<PullRequest>;
  /** Idempotent. */
  describePullRequest(
    repository: Repository,
    request: { number: number; title?: string; body: string },
    options: CallOptions,
  ): Promise<void>;
  /** Adds what is missing; labels that do not exist are made. Idempotent. */
  addLabels(
    repository: Repository,
    request: { number: number; labels: readonly string[] },
    options: CallOptions,
  ): Promise<void>;
  /** Logins, or `org/team`. Those who cannot be asked (the author, people without access) come back with why. Idempotent. */
  askReviewers(
    repository: Repository,
    request: { number: number; reviewers: readonly string[] },
    options: CallOptions,
  ): Promise<{ notAsked: { reviewer: string; why: string }[] }>;
  reviews(repository: Repository, number: number, options: CallOptions): Promise<Review[]>;
  /** Merges exactly `head`. Idempotent: one that is merged already says so. */
  merge(
    repository: Repository,
    request: { number: number; head: string; method: MergeMethod },
    options: CallOptions,
  ): Promise<MergeOutcome>;
  /** Opens the pull request that takes a merged one back, or gives the one that is there already. */
  revert(
    repository: Repository,
    request: { number: number; title: string; body: string },
    options: CallOptions,
  ): Promise<PullRequest>;

  /**
   * Starts a workflow on a branch or tag; `correlation` and `commit` are inputs. NOT idempotent: look with `findRun` first. The run's
   * id where the server says it, else it is found by its name.
   */
  dispatch(
    repository: Repository,
    request: { workflow: string; ref: string; commit: string; correlation: string },
    options: CallOptions,
  ): Promise<{ run?: number }>;
  /** The run whose name holds `correlation`, dispatched since then (milliseconds since the epoch). */
  findRun(
    repository: Repository,
    of: { workflow: string; correlation: string; since: number },
    options: CallOptions,
  ): Promise<WorkflowRun | undefined>;
  run(repository: Repository, id: number, options: CallOptions): Promise<WorkflowRun>;
  /** The last lines a failed job printed; empty where the code host does not say. At most `lines`. */
  logTail(
    repository: Repository,
    of: { run: number; lines: number },
    options: CallOptions,
  ): Promise<string[]>;
  /** Idempotent; one that ended already stays as it is. */
  cancelRun(repository: Repository, id: number, options: CallOptions): Promise<void>;

  /**
   * The code host's own record of a deployment: made once for `forge` (what Forge calls it), or the one that is there.
   * Never merges, asks for no checks.
   */
  recordDeployment(
    repository: Repository,
    request: { forge: string; sha: string; environment: string; description: string; isProduction: boolean },
    options: CallOptions,
  ): Promise<{ id: number }>;
  /** Adds a status unless the newest says the same. */
  recordStatus(
    repository: Repository,
    request: {
      deployment: number;
      state: DeploymentStatus;
      description: string;
      /** Where people reach what runs. */
      environmentUrl?: string;
      /** Where people see it in Slack. */
      logUrl?: string;
    },
    options: CallOptions,
  ): Promise<void>;

  /**
   * Where git fetches from: an address without credentials, and a header for one fetch. The header is a secret. `isScoped`: it
   * opens the contents of this repository alone, to be read.
   */
  gitAccess(
    repository: Repository,
    options: CallOptions,
  ): Promise<{ url: string; header?: { name: string; value: string }; isScoped?: true }>;
  /** What is missing for everything Forge is asked to do with a repository, in sentences. Empty: all is there. */
  setupProblems(repository: Repository, options: CallOptions): Promise<string[]>;
};
