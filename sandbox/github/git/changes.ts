import type { Git } from './git.ts';

export type ChangedFile = {
  path: string;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  previousPath?: string;
  additions: number;
  deletions: number;
};

const STATUSES: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

/** What is different in `to`; without `from`, everything that is in it. */
export async function changedFiles(git: Git, from: string | undefined, to: string): Promise<ChangedFile[]> {
  const between = from === undefined ? ['--root', '--no-commit-id', to] : [from, to];
  const words = (what: string) => ['diff-tree', '-r', '-M', '-z', what, ...between];
  const [names, numbers] = await Promise.all([git.run(words('--name-status')), git.run(words('--numstat'))]);
  const counts = countsIn(numbers.output);
  return namesIn(names.output).map((file) => ({
    ...file,
    ...(counts.get(file.path) ?? { additions: 0, deletions: 0 }),
  }));
}

function namesIn(output: string): Omit<ChangedFile, 'additions' | 'deletions'>[] {
  const fields = output.split('\0');
  const files = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const letter = fields[index]?.[0] ?? '';
    const status = STATUSES[letter] ?? 'changed';
    const first = fields[index + 1] ?? '';
    const isMove = letter === 'R' || letter === 'C';
    const path = isMove ? (fields[index + 2] ?? '') : first;
    files.push({ path, status, ...(isMove && { previousPath: first }) });
    index += isMove ? 3 : 2;
  }
  return files;
}

function countsIn(output: string): Map<string, { additions: number; deletions: number }> {
  const fields = output.split('\0');
  const counts = new Map<string, { additions: number; deletions: number }>();
  for (let index = 0; index < fields.length; ) {
    const [additions, deletions, path] = (fields[index] ?? '').split('\t');
    // A rename has an empty path here, and its two paths in the fields that follow.
    const isMove = path === '';
    const name = isMove ? fields[index + 2] : path;
    // Binary files have dashes.
    if (name !== undefined) counts.set(name, { additions: count(additions), deletions: count(deletions) });
    index += isMove ? 3 : 1;
  }
  return counts;
}

function count(text: string | undefined): number {
  return text === undefined || text === '-' ? 0 : Number(text);
}
