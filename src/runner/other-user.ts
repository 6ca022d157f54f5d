import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closingAbove } from './descriptors.ts';
import { environmentInside, type Seen } from './environment-inside.ts';
import { handTo } from './hand-to.ts';
import type { Box, Inside, Isolation } from './isolation.ts';
import { MOST_TASKS, namedFirst } from './limits.ts';
import { allProcesses, countTasksOf, untilGone } from './processes.ts';
import { becoming, isRoot, ownUser, type RunnerUser } from './runner-user.ts';

const execute = promisify(execFile);
/** Where everybody may leave files, which a later command would find. */
const SHARED_FOLDERS = ['/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run/lock'];

/**
 * Another user of this machine, used for nothing else. One command at a time: what is left of one is found by the user it belongs
 * to, and two would see each other's files. The network cannot be taken away. Throws for root and for Forge's own user.
 */
export function createOtherUser({ user }: { user: RunnerUser }): Isolation {
  // All it has is ended and removed: of root or of Forge itself that would be this machine.
  if (user.uid === 0 || user.uid === ownUser().uid)
    throw new Error(`Nothing may be ended or removed as user ${user.uid}`);
  const endLeftovers = async () => {
    await endAllOf(user);
    await removeFilesOf(user);
    await removeMemoryOf(user);
  };
  return {
    // The dead count until somebody has buried them, which may take a while.
    tasks: () => MOST_TASKS + countTasksOf(user.uid),
    isByUser: true,
    seen: foldersOf,
    seenKept: (kept) => kept,
    launch: (box, inside) => ({
      argv: [
        ...closingAbove(2),
        ...namedFirst(),
        ...becoming(user),
        ...cleared(box, inside, user),
        ...inside.argv,
      ],
      // Of Forge's own only where programs are; sudo and setpriv look them up.
      env: { PATH: process.env.PATH ?? '' },
      endAll: () => endAllOf(user),
      ...(inside.input === undefined ? {} : { input: inside.input }),
    }),
    hand: (folders) => handTo(user, folders),
    asTheirs: isRoot ? [] : becoming(user),
    endLeftovers,
  };
}

/** Made by the user, in what it is handed: git trusts no folder of somebody else's. */
function foldersOf({ folder }: Box): Seen {
  const own = (name: string) => join(folder, name, 'own');
  return { work: own('work'), home: own('home'), tmp: own('tmp') };
}

const BEGIN = 'umask 077; mkdir -p "$1" "$2" "$3" && cd "$1" || exit; shift 3; exec "$@"';

/** An environment of its own, nothing that others could read, and the checkout as the folder it begins in. */
function cleared(box: Box, inside: Inside, { name = 'runner' }: RunnerUser): string[] {
  const all = { ...environmentInside(foldersOf(box), { user: name }), ...inside.env };
  const { work, home, tmp } = foldersOf(box);
  const begin = ['/bin/sh', '-c', BEGIN, 'sh', work, home, tmp];
  return ['env', '-i', ...Object.entries(all).map(([key, value]) => `${key}=${value}`), ...begin];
}

/** By the user, whatever session or group it has gone to. Again until nothing is there: the one who kills sees no new ones. */
async function endAllOf(user: RunnerUser): Promise<void> {
  const isThere = () => allProcesses().some(({ uid, isEnded }) => uid === user.uid && !isEnded);
  if (!isThere()) return;
  await asUser(user, 'kill -KILL -1');
  await untilGone(`What ran as user ${user.name}`, isThere);
}

/** What it put there itself: these folders let nobody change what is another's. */
async function removeFilesOf(user: RunnerUser): Promise<void> {
  const folders = SHARED_FOLDERS.filter((folder) => existsSync(folder)).join(' ');
  const own = `find ${folders} -mindepth 1 -maxdepth 1 -user ${user.uid}`;
  await asUser(
    user,
    `${own} -exec chmod -R u+rwX {} + -exec rm -rf --one-file-system {} + 2>/dev/null; true`,
  );
}

/** Memory and queues that outlive whoever made them, and fill a machine without being anybody's. Source: sysvipc(7), ipcrm(1). */
async function removeMemoryOf(user: RunnerUser): Promise<void> {
  // Of others it may remove none, and says so of each.
  await asUser(user, 'ipcrm --all 2>/dev/null; true');
}

async function asUser(user: RunnerUser, command: string): Promise<void> {
  const [file = '', ...args] = [...becoming(user), '/bin/sh', '-c', command];
  try {
    await execute(file, args, { env: { PATH: process.env.PATH ?? '' }, cwd: '/' });
  } catch (error) {
    // The shell that kills everything of its user is killed with it.
    if (error instanceof Error && 'signal' in error && error.signal === 'SIGKILL') return;
    throw error;
  }
}
