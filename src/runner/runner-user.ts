import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who commands run as, by this machine's numbers. */
export type RunnerUser = { uid: number; gid: number; name?: string };

/** A number nobody has: systemd gives those from 61184 on to users that are there only while something runs. */
const SPARE: RunnerUser = { uid: 61_180, gid: 61_180 };

export const isRoot = process.getuid?.() === 0;

/** Who Forge is. */
export function ownUser(): RunnerUser {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

/** The user of this machine with that name, from wherever it knows users; undefined: there is none. */
export async function userNamed(name: string): Promise<RunnerUser | undefined> {
  try {
    const { stdout } = await run('getent', ['passwd', name]);
    const [, , uid, gid] = stdout.split(':');
    if (uid === undefined || gid === undefined) return undefined;
    return { uid: Number(uid), gid: Number(gid), name };
  } catch (error) {
    // Source: getent(1): 2 for a name that is not there.
    if (error instanceof Error && 'code' in error && error.code === 2) return undefined;
    throw error;
  }
}

/** Who commands run as where Forge is root and no user is named. */
export function spareUser(): RunnerUser {
  return SPARE;
}

/**
 * The part of a command line that becomes somebody: no groups, no rights, and no way to gain any. It ends with Forge. Empty where
 * it is who Forge is. Source: setpriv(1), sudo(8).
 */
export function becoming(user: RunnerUser): string[] {
  if (user.uid === ownUser().uid) return [];
  const forGood = ['--no-new-privs', '--pdeathsig', 'KILL', '--'];
  if (!isRoot) return ['sudo', '-n', '-u', user.name ?? `#${user.uid}`, '--', 'setpriv', ...forGood];
  const who = ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups', '--inh-caps=-all'];
  return ['setpriv', ...who, ...forGood];
}
