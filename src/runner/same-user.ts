import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { environmentInside } from './environment-inside.ts';
import { handTo } from './hand-to.ts';
import type { Box, Isolation } from './isolation.ts';
import { allProcesses, signal } from './processes.ts';
import { ownUser } from './runner-user.ts';

/** What a command may take to clean up. Milliseconds. */
const GRACE = 2_000;
/** A word in the environment of everything one command starts, by which it is found in other sessions too. */
const MARK = 'RUNNER_BOX';

/** No isolation: a command can do everything that Forge can. Only its environment is empty. */
export function createSameUser(): Isolation {
  return {
    seen: foldersOf,
    seenKept: (kept) => kept,
    launch: (box, inside) => ({
      argv: [...asItIs(), ...inside.argv],
      env: { ...environmentInside(foldersOf(box)), ...inside.env, [MARK]: box.folder },
      cwd: foldersOf(box).work,
      endAll: (pid) => endGroup(pid, box),
      ...(inside.input === undefined ? {} : { input: inside.input }),
    }),
    hand: (folders) => handTo(ownUser(), folders),
    asTheirs: [],
    endLeftovers: async () => undefined,
  };
}

function foldersOf({ folder }: Box) {
  return { work: join(folder, 'work'), home: join(folder, 'home'), tmp: join(folder, 'tmp') };
}

/** It ends with Forge, where the machine can do that. */
function asItIs(): string[] {
  return process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
}

async function endGroup(pid: number, box: Box): Promise<void> {
  if (isThere(-pid)) {
    signal(-pid, 'SIGTERM');
    for (const end = Date.now() + GRACE; isThere(-pid) && Date.now() < end; ) await setTimeout(20);
    signal(-pid, 'SIGKILL');
  }
  for (const left of markedBy(box)) signal(left, 'SIGKILL');
}

function isThere(target: number): boolean {
  try {
    return process.kill(target, 0);
  } catch {
    return false;
  }
}

function markedBy({ folder }: Box): number[] {
  if (process.platform !== 'linux') return [];
  const uid = ownUser().uid;
  const own = allProcesses().filter((facts) => facts.uid === uid && !facts.isEnded);
  return own.map(({ pid }) => pid).filter((pid) => environmentOf(pid).includes(`${MARK}=${folder}`));
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // It has ended, or is somebody else's meanwhile.
    return [];
  }
}
