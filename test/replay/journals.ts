import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecordedRun } from './recorded-run.ts';

const journalFolder = fileURLToPath(new URL('./journals/', import.meta.url));

/** Of the kept journals, the paths below their folder. */
export async function journalFiles(folder = journalFolder): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('**/*.json', { cwd: folder })) files.push(file);
  return files.sort();
}

export function readJournal(file: string, folder = journalFolder): RecordedRun {
  return RecordedRun.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Keeps a journal; one that is there already is replaced only where that is asked for. */
export function keepJournal(
  recorded: RecordedRun,
  file: string,
  { folder = journalFolder, isToReplace }: { folder?: string; isToReplace: boolean },
): 'new' | 'same' | 'replaced' | 'left as it was' {
  const path = join(folder, file);
  const text = `${JSON.stringify(recorded, undefined, 2)}\n`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) return 'same';
  if (before !== undefined && !isToReplace) return 'left as it was';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return before === undefined ? 'new' : 'replaced';
}
