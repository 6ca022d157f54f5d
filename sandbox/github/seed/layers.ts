import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAYERS = fileURLToPath(new URL('layers', import.meta.url));

/** The files that a commit of a sample repository adds or changes: those of the folder `layers/<repository>/<name>`, by path. */
export function layer(repository: 'api' | 'worker', name: string): Map<string, string> {
  return filesIn(join(LAYERS, repository, name));
}

/** What every sample repository begins with. */
export function bothBeginWith(): Map<string, string> {
  return filesIn(join(LAYERS, 'both'));
}

function filesIn(folder: string): Map<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(found.map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
