import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'network.ts';

/** The part of a command line that has the network of Forge's, before what is to be run with it. `node`: folder of Node in there. */
export function networkInside(node: string): string[] {
  return [`${node}/node`, '--disable-warning=ExperimentalWarning', `/run/forge/${FILE}`];
}

/** Puts it where commands find it. */
export async function shareNetworkInside(folder: string): Promise<void> {
  await writeFile(join(folder, FILE), await readFile(join(import.meta.dirname, 'inside', FILE)), {
    mode: 0o644,
  });
}
