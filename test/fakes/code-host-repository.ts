import type { CommitCheck, DeploymentStatus, Person, Review } from '../../src/ports/code-host.ts';
import { FakeHistory, type NewCommit } from './code-host-history.ts';
import { FakePulls } from './code-host-pulls.ts';
import { FakeRuns } from './code-host-runs.ts';

type Deployment = {
  id: number;
  forge: string;
  sha: string;
  environment: string;
  description: string;
  isProduction: boolean;
  statuses: { state: DeploymentStatus; description: string; environmentUrl?: string; logUrl?: string }[];
};

/** One repository of the fake, and everything a test may do to it. */
export class FakeRepository {
  readonly history: FakeHistory;
  readonly pulls: FakePulls;
  readonly runs: FakeRuns;
  readonly deployments: Deployment[] = [];
  problems: string[] = [];
  readonly #checks = new Map<string, Map<string, CommitCheck>>();
  readonly #now: () => number;

  constructor(repository: string, { now, bot }: { now: () => number; bot: Person }) {
    this.#now = now;
    this.history = new FakeHistory(now);
    this.pulls = new FakePulls({ repository, history: this.history, author: bot });
    this.runs = new FakeRuns({ repository, now });
  }

  /** A commit on top of a branch (a new one begins at `from`, default: nothing); gives its sha. */
  push(branch: string, commit: NewCommit = {}, from?: string): string {
    const { branches } = this.history;
    const parent = branches.get(branch) ?? (from === undefined ? undefined : this.#shaOf(from));
    const sha = this.history.add(parent === undefined ? [] : [parent], commit);
    branches.set(branch, sha);
    return sha;
  }

  /** Puts a branch there, whatever it was: also a force-push. */
  point(branch: string, at: string): void {
    this.history.branches.set(branch, this.#shaOf(at));
  }

  tag(name: string, at: string): void {
    this.history.tags.set(name, this.#shaOf(at));
  }

  deleteBranch(branch: string): void {
    this.history.branches.delete(branch);
  }

  deleteTag(name: string): void {
    this.history.tags.delete(name);
  }

  /** Sets a check of a commit; the newest of a name counts. */
  setCheck(at: string, check: CommitCheck): void {
    const sha = this.#shaOf(at);
    this.#checks.set(sha, (this.#checks.get(sha) ?? new Map()).set(check.name, check));
  }

  checksOf(sha: string): CommitCheck[] {
    return [...(this.#checks.get(sha)?.values() ?? [])];
  }

  /** Somebody looks at a pull request as it is now. */
  review(number: number, login: string, verdict: Review['verdict'], counts = true): void {
    const { sha } = this.pulls.get(number).head;
    this.pulls.kept(number).reviews.push({ by: { login }, verdict, sha, at: this.#now(), counts });
  }

  setDraft(number: number, isDraft: boolean): void {
    this.pulls.kept(number).isDraft = isDraft;
  }

  /** From now on the code host says this of merging it, whatever the files; undefined: it looks again. */
  setMergeable(
    number: number,
    told: { mergeable: 'conflict' | 'blocked' | 'behind' | 'unknown'; reason?: string } | undefined,
  ): void {
    const kept = this.pulls.kept(number);
    if (told === undefined) delete kept.told;
    else kept.told = told;
  }

  close(number: number): void {
    this.pulls.kept(number).state = 'closed';
  }

  /** Somebody merges it on the code host's own page. */
  mergeByHand(number: number, login: string): string {
    const outcome = this.pulls.merge({ number, head: this.pulls.get(number).head.sha, method: 'squash' });
    if (outcome.kind !== 'merged') throw new Error(`Pull request #${number} could not be merged`);
    this.pulls.kept(number).mergedBy = { login };
    return outcome.sha;
  }

  #shaOf(ref: string): string {
    const found = this.history.ref(ref);
    if (found.kind === 'absent') throw new Error(`There is no ${ref}`);
    return found.sha;
  }
}
