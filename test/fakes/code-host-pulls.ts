import {
  CodeHostRefused,
  type MergeMethod,
  type MergeOutcome,
  type Person,
  type PullRequest,
  type Review,
} from '../../src/ports/code-host.ts';
import type { FakeHistory, Files } from './code-host-history.ts';

type Kept = Omit<PullRequest, 'mergeable' | 'head' | 'base'> & {
  head: string;
  base: string;
  /** Of the head, once it is closed or its branch is gone. */
  lastHead: string;
  /** Of the base before the merge. */
  baseBefore?: string;
  /** What the code host says instead of looking. */
  told?: { mergeable: PullRequest['mergeable']; reason?: string };
  reviews: Review[];
  /** The pull request that takes it back. */
  revertedBy?: number;
};

type Options = { repository: string; history: FakeHistory; author: Person };

/** Pull requests of one repository in memory. Merges really merge the files of `FakeHistory`. */
export class FakePulls {
  /** Who cannot be asked for a review, with why. */
  readonly unaskable = new Map<string, string>();
  readonly #kept = new Map<number, Kept>();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  all(): PullRequest[] {
    return [...this.#kept.keys()].map((number) => this.get(number));
  }

  get(number: number): PullRequest {
    return this.#view(this.kept(number));
  }

  kept(number: number): Kept {
    const kept = this.#kept.get(number);
    if (kept === undefined) throw new CodeHostRefused(`There is no pull request #${number}.`, 'not-found');
    return kept;
  }

  open(of: { head: string; base: string }): PullRequest | undefined {
    return this.all().find(
      (pull) => pull.state === 'open' && pull.head.ref === of.head && pull.base.ref === of.base,
    );
  }

  create(request: { head: string; base: string; title: string; body: string }): PullRequest {
    const open = this.open(request);
    if (open !== undefined) return open;
    const { branches } = this.#options.history;
    const [head, base] = [branches.get(request.head), branches.get(request.base)];
    if (head === undefined) throw new CodeHostRefused(`There is no branch ${request.head}.`, 'invalid');
    if (base === undefined) throw new CodeHostRefused(`There is no branch ${request.base}.`, 'invalid');
    if (this.#options.history.ahead(base, head).length === 0) {
      throw new CodeHostRefused(`${request.head} has nothing that ${request.base} has not.`, 'invalid');
    }
    const number = this.#kept.size + 1;
    this.#kept.set(number, {
      number,
      url: `https://github.test/${this.#options.repository}/pull/${number}`,
      title: request.title,
      body: request.body,
      state: 'open',
      isDraft: false,
      head: request.head,
      base: request.base,
      lastHead: head,
      author: this.#options.author,
      labels: [],
      reviewersAsked: [],
      reviews: [],
    });
    return this.get(number);
  }

  askReviewers(number: number, reviewers: readonly string[]): { reviewer: string; why: string }[] {
    const kept = this.kept(number);
    const notAsked: { reviewer: string; why: string }[] = [];
    for (const reviewer of reviewers) {
      const why = reviewer === kept.author.login ? 'the author cannot review' : this.unaskable.get(reviewer);
      const isDone =
        kept.reviewersAsked.includes(reviewer) || kept.reviews.some(({ by }) => by.login === reviewer);
      if (why !== undefined) notAsked.push({ reviewer, why });
      else if (!isDone) kept.reviewersAsked.push(reviewer);
    }
    return notAsked;
  }

  /** The newest verdict of each person; a comment changes none. */
  reviews(number: number): Review[] {
    const newest = new Map<string, Review>();
    for (const review of this.kept(number).reviews) {
      const login = review.by.login ?? '';
      if (review.verdict !== 'commented' || !newest.has(login)) newest.set(login, review);
    }
    return [...newest.values()];
  }

  merge(request: { number: number; head: string; method: MergeMethod }): MergeOutcome {
    const kept = this.kept(request.number);
    const pull = this.get(request.number);
    if (pull.head.sha !== request.head) return { kind: 'moved', head: pull.head.sha };
    if (kept.mergeCommit !== undefined) return { kind: 'merged', sha: kept.mergeCommit };
    if (pull.state === 'closed') return { kind: 'refused', reason: 'The pull request is closed.' };
    if (pull.isDraft) return { kind: 'refused', reason: 'The pull request is a draft.' };
    if (pull.mergeable !== 'yes') return { kind: 'refused', reason: reasonOf(kept, pull) };
    const files = this.#options.history.merged(pull.base.sha, pull.head.sha) ?? {};
    return { kind: 'merged', sha: this.#merged(kept, pull, { files, method: request.method }) };
  }

  revert(request: { number: number; title: string; body: string }): PullRequest {
    const kept = this.kept(request.number);
    if (kept.revertedBy !== undefined) return this.get(kept.revertedBy);
    const { history } = this.#options;
    const base = history.branches.get(kept.base);
    if (kept.mergeCommit === undefined || base === undefined) {
      throw new CodeHostRefused('Only a merged pull request can be taken back.', 'invalid');
    }
    const before = history.files(kept.baseBefore);
    const after = history.files(kept.mergeCommit);
    const files: Record<string, string | undefined> = {};
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[path] !== after[path]) files[path] = before[path];
    }
    const head = `revert-${request.number}-${kept.head}`;
    history.branches.set(head, history.add([base], { files, message: request.title }));
    const pull = this.create({ head, base: kept.base, title: request.title, body: request.body });
    kept.revertedBy = pull.number;
    return pull;
  }

  #merged(kept: Kept, pull: PullRequest, how: { files: Files; method: MergeMethod }): string {
    const { history } = this.#options;
    const before = history.files(pull.base.sha);
    const gone = Object.keys(before).filter((path) => how.files[path] === undefined);
    const sha = history.add(how.method === 'merge' ? [pull.base.sha, pull.head.sha] : [pull.base.sha], {
      files: { ...how.files, ...Object.fromEntries(gone.map((path) => [path, undefined])) },
      message: `${pull.title} (#${pull.number})`,
      author: pull.author,
    });
    history.branches.set(kept.base, sha);
    kept.baseBefore = pull.base.sha;
    kept.lastHead = pull.head.sha;
    kept.state = 'merged';
    kept.mergeCommit = sha;
    kept.mergedBy = this.#options.author;
    return sha;
  }

  #view(kept: Kept): PullRequest {
    const { branches } = this.#options.history;
    const now = kept.state === 'open' ? branches.get(kept.head) : undefined;
    if (now !== undefined) kept.lastHead = now;
    const { lastHead, baseBefore, told, reviews, revertedBy, ...shown } = structuredClone(kept);
    const head = { ref: kept.head, sha: lastHead };
    const base = { ref: kept.base, sha: branches.get(kept.base) ?? baseBefore ?? '' };
    return { ...shown, head, base, mergeable: told?.mergeable ?? this.#mergeable(base.sha, head.sha) };
  }

  #mergeable(base: string, head: string): PullRequest['mergeable'] {
    return this.#options.history.merged(base, head) === undefined ? 'conflict' : 'yes';
  }
}

function reasonOf(kept: Kept, pull: PullRequest): string {
  return kept.told?.reason ?? `The pull request cannot be merged: ${pull.mergeable}.`;
}
