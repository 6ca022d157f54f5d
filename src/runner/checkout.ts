import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Boxes, runInBox } from './in-box.ts';
import type { Box } from './isolation.ts';
import type { Mirrors } from './mirror.ts';

/** Milliseconds. */
const WITHIN = 5 * 60_000;

/**
 * Git counts every object's hash again, so that what has the commit's number is the commit. The repository that comes of it holds
 * this one commit and no way back to the mirror.
 */
const CHECK_OUT = (commit: string) => `
set -e
git init --quiet --template= .
git index-pack --stdin >/dev/null
echo ${commit} >.git/shallow
git checkout --quiet --detach ${commit}
test "$(git rev-parse HEAD)" = ${commit}`;

/** No settings of this machine and nobody's own: filters of a repository have no command. */
const SETTINGS = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'advice.detachedHead',
  GIT_CONFIG_VALUE_0: 'false',
} as const;

/**
 * Puts exactly one commit into an empty box, as whoever commands run as, isolated like they are. Resolves with why it could not.
 * Throws `NotFetched`.
 */
export async function checkOut(
  box: Box,
  { repository, commit }: { repository: string; commit: string },
  { mirrors, ...boxes }: Boxes & { mirrors: Mirrors; signal: AbortSignal },
): Promise<string | undefined> {
  const pack = join(box.folder, 'pack');
  await mirrors.packOf({ repository, commit, pack }, boxes.signal);
  const command = { command: CHECK_OUT(commit), within: WITHIN, outputLimit: 2000 };
  const ended = await runInBox(box, { ...command, network: false, env: SETTINGS, input: pack }, boxes);
  await rm(pack);
  switch (ended.kind) {
    case 'exited':
      if (ended.code === 0) return undefined;
      return `The code could not be checked out. Git says: ${ended.output.text.trim().slice(-300)}`;
    case 'killed':
      return `Checking out the code was ended by ${ended.signal}. Try again.`;
    case 'timed-out':
      return 'Checking out the code took longer than 5 minutes. Try again.';
    case 'stopped':
    case 'not-started':
      return ended.reason;
  }
}
