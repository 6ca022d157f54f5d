import { logCommits, readCommit, writeCommit } from './commits.ts';
import type { Git } from './git.ts';

type Signature = { name: string; email: string; at: number };
type Trial = { kind: 'clean'; tree: string } | { kind: 'conflict' };

/** What merging would give, tried without changing anything that shows. */
export async function tryMerge(git: Git, base: string, head: string): Promise<Trial> {
  const words = ['merge-tree', '--write-tree', '--allow-unrelated-histories', base, head];
  const { code, output } = await git.run(words, { codes: [0, 1] });
  const [tree = ''] = output.split('\n');
  return code === 0 ? { kind: 'clean', tree } : { kind: 'conflict' };
}

/** A commit with both parents. Undefined for a conflict. */
export async function mergeCommit(
  git: Git,
  of: { base: string; head: string; message: string; by: Signature },
): Promise<string | undefined> {
  const { base, head, message, by } = of;
  const trial = await tryMerge(git, base, head);
  if (trial.kind === 'conflict') return undefined;
  return writeCommit(git, { tree: trial.tree, parents: [base, head], message, author: by });
}

/** One commit on top of `base` with everything of `head`. Undefined for a conflict. */
export async function squashCommit(
  git: Git,
  of: { base: string; head: string; message: string; author: Signature; by: Signature },
): Promise<string | undefined> {
  const { base, head, message, author, by } = of;
  const trial = await tryMerge(git, base, head);
  if (trial.kind === 'conflict') return undefined;
  return writeCommit(git, { tree: trial.tree, parents: [base], message, author, committer: by });
}

/** Each commit of `head` anew on top of `base`; the last one. Undefined for a conflict. */
export async function rebasedCommit(
  git: Git,
  of: { base: string; head: string; by: Signature },
): Promise<string | undefined> {
  const { base, head, by } = of;
  let onto = base;
  for (const commit of (await logCommits(git, ['--no-merges', `${base}..${head}`])).reverse()) {
    const tree = await replayed(git, { from: commit.parents[0], to: commit.sha, onto });
    if (tree === undefined) return undefined;
    const { message, author } = commit;
    onto = await writeCommit(git, { tree, parents: [onto], message, author, committer: by });
  }
  return onto;
}

/** A commit that takes back what came with `merged`, the commit that followed `before`. Undefined for a conflict. */
export async function revertingCommit(
  git: Git,
  of: { onto: string; merged: string; before: string; message: string; by: Signature },
): Promise<string | undefined> {
  const { onto, merged, before, message, by } = of;
  const tree = await replayed(git, { from: merged, to: before, onto });
  return tree && writeCommit(git, { tree, parents: [onto], message, author: by });
}

/**
 * The tree of `onto` with the change between two commits. Merging without a checkout takes its base from the history (that can be
 * told otherwise only from git 2.40 on), so both sides are given the parent that the change is to be seen from.
 */
async function replayed(
  git: Git,
  change: { from: string | undefined; to: string; onto: string },
): Promise<string | undefined> {
  const parents = change.from === undefined ? [] : [change.from];
  const [ours, theirs] = await Promise.all([
    childOf(git, parents, change.onto),
    childOf(git, parents, change.to),
  ]);
  const trial = await tryMerge(git, ours, theirs);
  return trial.kind === 'clean' ? trial.tree : undefined;
}

async function childOf(git: Git, parents: readonly string[], commit: string): Promise<string> {
  const { tree, author } = await readCommit(git, commit);
  return writeCommit(git, { tree, parents, message: 'between', author });
}
