import { statfs } from 'node:fs/promises';
import type { Clock } from '../ports/clock.ts';

/** What is left to Forge and its database, whatever a command writes. Bytes. */
const LEAST = 512 * 2 ** 20;
/** A file takes room by itself, however small it is. */
const LEAST_FILES = 10_000;
/** Between two looks. Milliseconds: what is left is written within a second by whoever wants to. */
const LOOK_EVERY = 200;

/** Why nothing may be written any more on the disk of a folder; undefined while there is room. */
export async function fullness(folder: string, least = LEAST): Promise<string | undefined> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  // Some file systems count no files.
  if (files > 0 && ffree < LEAST_FILES)
    return `The disk that checks run on is full: it takes ${ffree} more files. Make room, or put the runner's folder on another disk.`;
  if (bavail * bsize >= least) return undefined;
  const left = Math.floor((bavail * bsize) / 2 ** 20);
  return `The disk that checks run on is full: ${left} MB are left. Make room, or put the runner's folder on another disk.`;
}

/** Resolves with the reason once the disk is full; rejects with the signal's reason. */
export async function untilFull(folder: string, clock: Clock, signal: AbortSignal): Promise<string> {
  for (;;) {
    await clock.sleep(LOOK_EVERY, signal);
    const reason = await fullness(folder);
    if (reason !== undefined) return reason;
  }
}
