import { createHash } from 'node:crypto';
import type {
  Belonging,
  ChangedFile,
  Commit,
  Comparison,
  Person,
  RefNow,
} from '../../src/ports/code-host.ts';

export type Files = Record<string, string>;

type Kept = Commit & { parents: string[]; files: Files };

/** What is committed: files that are named replace or add (text) or go away (undefined); the others stay. */
export type NewCommit = {
  files?: Record<string, string | undefined>;
  message?: string;
  author?: Person;
  /** Milliseconds since the epoch. */
  at?: number;
};

/** Commits, branches and tags of one repository in memory. */
export class FakeHistory {
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, string>();
  readonly #commits = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds a commit that no branch points at yet, and gives its sha. */
  add(parents: readonly string[], commit: NewCommit): string {
    const files: Files = { ...this.files(parents[0]) };
    for (const [path, text] of Object.entries(commit.files ?? {})) {
      if (text === undefined) delete files[path];
      else files[path] = text;
    }
    return this.#keep({
      sha: '',
      parents: [...parents],
      files,
      message: commit.message ?? 'A change',
      author: commit.author ?? { login: 'octocat', name: 'Octo Cat', email: 'octocat@example.com' },
      at: commit.at ?? this.#now(),
    });
  }

  commit(sha: string): Commit | undefined {
    const kept = this.#commits.get(sha);
    if (kept === undefined) return undefined;
    return { sha, message: kept.message, author: kept.author, at: kept.at };
  }

  files(sha: string | undefined): Files {
    return sha === undefined ? {} : (this.#commits.get(sha)?.files ?? {});
  }

  parents(sha: string): string[] {
    return this.#commits.get(sha)?.parents ?? [];
  }

  ref(ref: string): RefNow {
    const branch = this.branches.get(ref);
    if (branch !== undefined) return { kind: 'branch', sha: branch };
    const tag = this.tags.get(ref);
    if (tag !== undefined) return { kind: 'tag', sha: tag };
    if (!/^[0-9a-f]{7,40}$/.test(ref)) return { kind: 'absent' };
    const found = [...this.#commits.keys()].filter((sha) => sha.startsWith(ref));
    return found.length === 1 && found[0] !== undefined
      ? { kind: 'commit', sha: found[0] }
      : { kind: 'absent' };
  }

  belonging(sha: string): Belonging {
    const all = [...this.branches, ...this.tags];
    const found = all.find(([, at]) => this.#reachable(at).has(sha));
    return found === undefined ? { kind: 'on-none' } : { kind: 'on', ref: found[0] };
  }

  /** Of `head` that `base` has not, the oldest first. */
  ahead(base: string, head: string): Commit[] {
    const had = this.#reachable(base);
    const order = [...this.#commits.keys()];
    return [...this.#reachable(head)]
      .filter((sha) => !had.has(sha))
      .toSorted((left, right) => order.indexOf(left) - order.indexOf(right))
      .flatMap((sha) => this.commit(sha) ?? []);
  }

  compare(base: string, head: string): Comparison {
    const commits = this.ahead(base, head);
    const files = changedFiles(this.files(this.mergeBase(base, head)), this.files(head));
    return {
      status: statusOf(commits.length, this.ahead(head, base).length),
      commits: commits.slice(-250),
      totalCommits: commits.length,
      files: files.slice(0, 300),
      additions: files.reduce((sum, file) => sum + file.additions, 0),
      deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    };
  }

  mergeBase(left: string, right: string): string | undefined {
    const common = this.#reachable(right);
    return [...this.#reachable(left)].find((sha) => common.has(sha));
  }

  /** Files of `base` with what `head` changed since they parted; undefined: both changed the same file. */
  merged(base: string, head: string): Files | undefined {
    const origin = this.files(this.mergeBase(base, head));
    const ours = this.files(base);
    const theirs = this.files(head);
    const result: Files = {};
    for (const path of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const isTheirs = ours[path] === origin[path];
      if (!isTheirs && theirs[path] !== origin[path] && ours[path] !== theirs[path]) return undefined;
      const text = isTheirs ? theirs[path] : ours[path];
      if (text !== undefined) result[path] = text;
    }
    return result;
  }

  #keep(commit: Kept): string {
    const sha = createHash('sha1')
      .update(JSON.stringify([this.#commits.size, commit.message, commit.parents, commit.files]))
      .digest('hex');
    this.#commits.set(sha, { ...commit, sha });
    return sha;
  }

  /** It and all before it, the newest first. */
  #reachable(sha: string): Set<string> {
    const found = new Set<string>();
    const open = [sha];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (found.has(next) || !this.#commits.has(next)) continue;
      found.add(next);
      open.push(...this.parents(next));
    }
    return found;
  }
}

function statusOf(ahead: number, behind: number): Comparison['status'] {
  if (ahead === 0 && behind === 0) return 'identical';
  if (behind === 0) return 'ahead';
  return ahead === 0 ? 'behind' : 'diverged';
}

function changedFiles(before: Files, after: Files): ChangedFile[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return paths.flatMap((path): ChangedFile[] => {
    const old = before[path];
    const now = after[path];
    if (old === now) return [];
    const [additions, deletions] = [linesNotIn(now, old), linesNotIn(old, now)];
    if (old === undefined) return [{ path, status: 'added', additions, deletions }];
    if (now === undefined) return [{ path, status: 'removed', additions, deletions }];
    return [{ path, status: 'modified', additions, deletions }];
  });
}

function linesNotIn(text: string | undefined, other: string | undefined): number {
  const others = new Set(other?.split('\n'));
  return text?.split('\n').filter((line) => line !== '' && !others.has(line)).length ?? 0;
}
