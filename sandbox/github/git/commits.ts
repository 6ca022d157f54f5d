import type { Git } from './git.ts';

type Signature = { name: string; email: string; at: number };
export type Commit = {
  sha: string;
  tree: string;
  parents: string[];
  /** Milliseconds since the epoch. */
  author: Signature;
  committer: Signature;
  message: string;
};

const FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%n');

/** `range` as for `git log`, such as a commit, or `base..head`; the newest first. */
export async function logCommits(
  git: Git,
  range: readonly string[],
  { most, path }: { most?: number; path?: string } = {},
): Promise<Commit[]> {
  const words = ['log', '-z', `--format=${FORMAT}`, '--topo-order'];
  if (most !== undefined) words.push(`--max-count=${most}`);
  const { output } = await git.run([...words, ...range, '--', ...(path === undefined ? [] : [path])]);
  return output
    .split('\0')
    .filter((record) => record !== '')
    .map(parseCommit);
}

/** Throws when there is none. */
export async function readCommit(git: Git, sha: string): Promise<Commit> {
  const [commit] = await logCommits(git, [sha], { most: 1 });
  if (commit === undefined) throw new Error(`There is no commit ${sha}.`);
  return commit;
}

export async function countCommits(git: Git, range: string): Promise<number> {
  const { output } = await git.run(['rev-list', '--count', range, '--']);
  return Number(output);
}

/** Undefined when they have nothing in common. */
export async function mergeBase(git: Git, left: string, right: string): Promise<string | undefined> {
  const { code, output } = await git.run(['merge-base', left, right], { codes: [0, 1] });
  return code === 0 ? output.trim() : undefined;
}

/** The commit a commit is made of, or a new one; the message is kept as it is. */
export async function writeCommit(
  git: Git,
  of: { tree: string; parents: readonly string[]; message: string; author: Signature; committer?: Signature },
): Promise<string> {
  const { tree, parents, message, author, committer = author } = of;
  const words = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
  const { output } = await git.run(words, { input: message, environment: signatures(author, committer) });
  return output.trim();
}

function signatures(author: Signature, committer: Signature): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: gitDate(author.at),
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: gitDate(committer.at),
  };
}

function gitDate(at: number): string {
  return `@${Math.floor(at / 1000)} +0000`;
}

function parseCommit(record: string): Commit {
  const [sha = '', tree = '', parents = '', an = '', ae = '', at, cn = '', ce = '', ct, ...message] =
    record.split('\n');
  return {
    sha,
    tree,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    author: { name: an, email: ae, at: Number(at) * 1000 },
    committer: { name: cn, email: ce, at: Number(ct) * 1000 },
    message: message.join('\n').replace(/\n+$/, ''),
  };
}
