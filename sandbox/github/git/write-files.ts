import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git.ts';

/** Text of a file by its path; null takes the file away. */
export type Files = Readonly<Record<string, string | null>>;

/** The tree of a commit (or an empty one) with these files changed. */
export async function treeWith(git: Git, parent: string | undefined, files: Files): Promise<string> {
  const index = join(git.directory, `index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await git.run(['read-tree', parent ?? '--empty'], { environment });
    const lines: string[] = [];
    for (const [path, text] of Object.entries(files)) lines.push(await indexLine(git, path, text));
    await git.run(['update-index', '-z', '--index-info'], { environment, input: lines.join('') });
    return (await git.run(['write-tree'], { environment })).output.trim();
  } finally {
    await rm(index, { force: true });
  }
}

async function indexLine(git: Git, path: string, text: string | null): Promise<string> {
  if (text === null) return `0 ${'0'.repeat(40)}\t${path}\0`;
  const { output } = await git.run(['hash-object', '-w', '--stdin'], { input: text });
  return `100644 ${output.trim()}\t${path}\0`;
}
