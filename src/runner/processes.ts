import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** How long the kernel may take to end what was killed. Milliseconds. */
const END_WITHIN = 10_000;

/** A process of this machine, told apart from a later one with the same number by when it began. */
export type ProcessFacts = {
  pid: number;
  uid: number;
  isEnded: boolean;
  began: string;
  /** The first one of a namespace below this one: with it all others in there end. */
  isFirstOfJail: boolean;
};

/** What the kernel says of a process; undefined where there is none. Source: proc(5). */
export function processFacts(pid: number): ProcessFacts | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const status = textOf(`/proc/${pid}/status`);
  if (stat === undefined || status === undefined) return undefined;
  // The name in brackets may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const uid = /^Uid:\s+(\d+)/mu.exec(status)?.[1];
  return {
    pid,
    uid: Number(uid),
    isEnded: fields[0] === 'Z' || fields[0] === 'X',
    began: fields[19] ?? '',
    isFirstOfJail: /^NSpid:.*\s\d+\s+1$/mu.test(status),
  };
}

/** Every process there is. */
export function allProcesses(): ProcessFacts[] {
  const names = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return names.map((name) => processFacts(Number(name))).filter((facts) => facts !== undefined);
}

/** Processes and threads of a user, as RLIMIT_NPROC counts them. */
export function countTasksOf(uid: number): number {
  const own = allProcesses().filter((facts) => facts.uid === uid);
  const counts = own.map(({ pid }) => /^Threads:\s+(\d+)/mu.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1]);
  return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
}

/** Sends a signal to a process, or to a group where negative. One that is gone already is no error. */
export function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Resolves once `isThere` says no. Throws when that takes longer than the kernel ever should. */
export async function untilGone(what: string, isThere: () => boolean): Promise<void> {
  for (const end = Date.now() + END_WITHIN; isThere(); await setTimeout(3)) {
    if (Date.now() > end) throw new Error(`${what} did not end though it was killed`);
  }
}

/** Whether exactly this process still runs. */
export function isRunning({ pid, began }: { pid: number; began: string }): boolean {
  const facts = processFacts(pid);
  return facts !== undefined && !facts.isEnded && facts.began === began;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Between two looks it has ended.
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
