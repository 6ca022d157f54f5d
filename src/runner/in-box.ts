import type { Clock } from '../ports/clock.ts';
import type { Box, Inside, Isolation } from './isolation.ts';
import { limited } from './limits.ts';
import { untilFull } from './room.ts';
import { type Ended, runProcess } from './run-process.ts';

/** What a shell is to do in a box. */
export type BoxCommand = Omit<Inside, 'argv'> & {
  command: string;
  /** Milliseconds. */
  within: number;
  /** Bytes. */
  outputLimit: number;
};

export type Boxes = { isolation: Isolation; clock: Clock };

/** Runs a shell's command in a box, isolated and limited; nothing of it is left when this returns. */
export async function runInBox(
  box: Box,
  { command, within, outputLimit, ...inside }: BoxCommand,
  { isolation, clock, signal }: Boxes & { signal: AbortSignal },
): Promise<Ended> {
  const tasks = isolation.tasks?.();
  const argv = limited(command, tasks === undefined ? {} : { tasks });
  return await runProcess(isolation.launch(box, { ...inside, argv }), {
    within,
    outputLimit,
    signal,
    clock,
    untilStop: (stop) => untilFull(box.folder, clock, stop),
  });
}
