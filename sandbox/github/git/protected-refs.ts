import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'protected-refs';

/** Git asks it about each ref that somebody pushes. */
const HOOK = `#!/bin/sh
if grep -qxF "$1" ${FILE}; then
  echo "error: GH006: Protected branch update failed for $1." >&2
  echo "error: Changes must be made through a pull request." >&2
  exit 1
fi
`;

export async function writeHook(directory: string): Promise<void> {
  await mkdir(join(directory, 'hooks'), { recursive: true });
  await writeFile(join(directory, 'hooks/update'), HOOK, { mode: 0o755 });
  await writeProtected(directory, []);
}

/** Which branches nobody may push to, from now on. */
export async function writeProtected(directory: string, branches: Iterable<string>): Promise<void> {
  const lines = Array.from(branches, (branch) => `refs/heads/${branch}\n`);
  await writeFile(join(directory, FILE), lines.join(''));
}
