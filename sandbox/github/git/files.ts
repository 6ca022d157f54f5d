import type { Git } from './git.ts';

export type TreeEntry = {
  path: string;
  type: 'blob' | 'tree' | 'commit';
  mode: string;
  sha: string;
  size: number;
};

/** The entry at a path of a commit; undefined when there is none. The root is a tree. */
export async function entryAt(git: Git, commit: string, path: string): Promise<TreeEntry | undefined> {
  if (path === '') return { path, type: 'tree', mode: '040000', sha: commit, size: 0 };
  return (await entries(git, ['ls-tree', '-l', '-z', '--full-tree', commit, '--', path]))[0];
}

/** What is in a folder; not what is in its folders. */
export async function folder(git: Git, commit: string, path: string): Promise<TreeEntry[]> {
  const inside = path === '' ? [] : ['--', `${path}/`];
  return entries(git, ['ls-tree', '-l', '-z', '--full-tree', commit, ...inside]);
}

/** As UTF-8; undefined where there is no file. */
export async function fileText(git: Git, commit: string, path: string): Promise<string | undefined> {
  const entry = await entryAt(git, commit, path);
  if (entry?.type !== 'blob') return undefined;
  return (await git.run(['cat-file', 'blob', entry.sha])).output;
}

async function entries(git: Git, words: readonly string[]): Promise<TreeEntry[]> {
  const { output } = await git.run(words, { codes: [0, 128] });
  return output
    .split('\0')
    .filter((line) => line !== '')
    .flatMap(parseEntry);
}

function parseEntry(line: string): TreeEntry[] {
  const [about = '', path = ''] = line.split('\t');
  const [mode = '', type, sha = '', size] = about.split(/ +/);
  if (type !== 'blob' && type !== 'tree' && type !== 'commit') return [];
  return [{ path, type, mode, sha, size: size === '-' ? 0 : Number(size) }];
}
