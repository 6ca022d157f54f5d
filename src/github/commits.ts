import { z } from 'zod';
import type { ChangedFile, CodeHost, Commit, Person } from '../ports/code-host.ts';
import { CodeHostRefused } from '../ports/code-host.ts';
import type { GithubApi } from './api.ts';
import { CONTENTS } from './permissions.ts';
import { Account, Moment, personOf } from './person.ts';
import { isRefName, isSha } from './repository-name.ts';

const Signature = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  date: Moment.optional(),
});

const CommitAnswer = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  commit: z.object({
    message: z.string(),
    author: Signature.nullish(),
    committer: Signature.nullish(),
  }),
  // An empty object where GitHub knows no account.
  author: Account.catch(null),
});

const ComparisonAnswer = z.object({
  status: z.enum(['identical', 'ahead', 'behind', 'diverged']),
  total_commits: z.number(),
  commits: z.array(CommitAnswer),
  html_url: z.string().optional(),
  files: z
    .array(
      z.object({
        filename: z.string(),
        status: z.string(),
        additions: z.number(),
        deletions: z.number(),
      }),
    )
    .default([]),
});

const MOST_COMMITS = 250;
const MOST_FILES = 300;
/** What the contents of a file are told up to, in bytes. */
const MOST_BYTES = 1_000_000;

const FileAnswer = z.union([
  z.object({ type: z.literal('file'), encoding: z.string(), content: z.string(), size: z.number() }),
  // A folder, a link, another repository.
  z
    .array(z.object({ path: z.string() }))
    .min(1)
    .transform(() => undefined),
  z.object({ type: z.enum(['dir', 'symlink', 'submodule']) }).transform(() => undefined),
]);

/** Commits, what lies between two of them, and files at one. */
export function createCommits(api: GithubApi): Pick<CodeHost, 'commit' | 'compare' | 'file'> {
  return {
    async commit(repository, sha, options) {
      if (!isSha(sha)) return undefined;
      const call = {
        what: `read the commit ${sha.slice(0, 12)} of ${repository}`,
        needs: CONTENTS,
        route: 'GET /repos/{owner}/{repo}/commits/{ref}' as const,
        // One of its files is enough: they are not read.
        parameters: { ref: sha, per_page: 1 },
        answer: CommitAnswer,
        absent: [404, 409, 422],
      };
      const found = await api.find(repository, call, options);
      return found?.sha === sha ? commitOf(found) : undefined;
    },
    async compare(repository, { base, head }, options) {
      const what = `compare ${base} with ${head} in ${repository}`;
      if (!isRefName(base) || !isRefName(head)) {
        throw new CodeHostRefused(`Could not ${what}: git lets nothing be called so.`, 'invalid');
      }
      const call = {
        what,
        needs: CONTENTS,
        route: 'GET /repos/{owner}/{repo}/compare/{basehead}' as const,
        // Without pages GitHub gives the newest 250 commits, the oldest of them first, and the first 300 files.
        parameters: { basehead: `${base}...${head}` },
        answer: ComparisonAnswer,
      };
      return comparisonOf(await api.read(repository, call, options));
    },
    async file(repository, { path, sha }, options) {
      const what = `read ${path} of ${repository}`;
      requirePath(path, what);
      const call = {
        what,
        needs: CONTENTS,
        route: 'GET /repos/{owner}/{repo}/contents/{path}' as const,
        parameters: { path, ref: sha },
        answer: FileAnswer,
      };
      const found = await api.find(repository, call, options);
      if (found === undefined) return undefined;
      return textOf(found, what);
    },
  };
}

export function commitOf({ sha, commit, author }: z.infer<typeof CommitAnswer>): Commit {
  const at = commit.committer?.date ?? commit.author?.date ?? 0;
  const { name, email } = commit.author ?? {};
  const person: Person = { ...personOf(author), ...(name && { name }), ...(email && { email }) };
  return { sha, message: commit.message, author: person, at };
}

function comparisonOf(answer: z.infer<typeof ComparisonAnswer>) {
  const files = answer.files.slice(0, MOST_FILES).map(changedFile);
  return {
    status: answer.status,
    commits: answer.commits.slice(-MOST_COMMITS).map(commitOf),
    totalCommits: answer.total_commits,
    files,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
    ...(answer.html_url === undefined ? {} : { url: answer.html_url }),
  };
}

function changedFile(file: z.infer<typeof ComparisonAnswer>['files'][number]): ChangedFile {
  const { filename: path, additions, deletions } = file;
  return { path, status: statusOf(file.status), additions, deletions };
}

function statusOf(status: string): ChangedFile['status'] {
  if (status === 'added' || status === 'removed' || status === 'modified' || status === 'renamed') {
    return status;
  }
  return status === 'changed' ? 'modified' : 'other';
}

/** A path that climbs would be another address. */
function requirePath(path: string, what: string): void {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new CodeHostRefused(`Could not ${what}: write the path from the top of the repository.`, 'invalid');
  }
}

function textOf(
  { encoding, content, size }: { encoding: string; content: string; size: number },
  what: string,
): string {
  // GitHub leaves the contents of larger files out, with the encoding `none`.
  if (size > MOST_BYTES || encoding !== 'base64') {
    throw new CodeHostRefused(`Could not ${what}: it is larger than 1 MB.`, 'invalid');
  }
  return Buffer.from(content, 'base64').toString('utf8');
}
