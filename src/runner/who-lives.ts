import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { isRunning, processFacts } from './processes.ts';

/** How often a process says that it lives. Milliseconds. */
const BEAT_EVERY = 60_000;
/** Who has said nothing for so long is dead, where nobody can look. Milliseconds. */
const SILENT_FOR = 15 * 60_000;

/** This process, told apart from all others of all machines: its number, when it began, and whose number that is. */
export function ownName(): string {
  return `${process.pid}-${processFacts(process.pid)?.began ?? '0'}-${HERE}`;
}

/**
 * Whether a process still lives, by its name and its folder. Containers that share a folder count their processes each by itself: of
 * another one only the folder tells, which its process touches.
 */
export async function isAlive(name: string, folder: string): Promise<boolean> {
  const [pid, began = '', where] = name.split('-');
  if (where === HERE) return isRunning({ pid: Number(pid), began });
  const { mtimeMs } = await stat(folder);
  return Date.now() - mtimeMs < SILENT_FOR;
}

/** Says from now on that this process lives. Returns what ends that. */
export function beat(folder: string, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(onError);
  }, BEAT_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

/** Which start of which machine, and within which container, counts the processes. Source: pid_namespaces(7), random(4). */
function whereNumbersAre(): string {
  if (process.platform !== 'linux') return 'here';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  return createHash('sha256')
    .update(`${boot}${readlinkSync('/proc/self/ns/pid')}`)
    .digest('hex')
    .slice(0, 16);
}

const HERE = whereNumbersAre();
