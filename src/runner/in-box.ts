import type { Clock } from '../ports/clock.ts';
import type { Box, Inside, Isolation } from './isolation.ts';
import { limited } from './limits.ts';
import { untilFull } from './room.ts';
import { type Ended, runProcess } from './run-process.ts';

/** Hosts that are named where people read. */
const MOST_SHOWN = 5;

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
  const options = {
    ...{ within, outputLimit, signal, clock },
    untilStop: (stop: AbortSignal) => untilFull(box.folder, clock, stop),
  };
  return await withNetwork(box, { isolation, isWanted: inside.network }, async (refused) => {
    const ended = await runProcess(isolation.launch(box, { ...inside, argv }), options);
    return withRefused(ended, refused());
  });
}

/** The network of a box is there only while something runs in it. `refused`: what it has not led to. */
export async function withNetwork(
  box: Box,
  { isolation, isWanted }: { isolation: Isolation; isWanted: boolean },
  run: (refused: () => string[]) => Promise<Ended>,
): Promise<Ended> {
  const network = isWanted ? await isolation.openNetwork?.(box) : undefined;
  if (network === undefined) return await run(() => []);
  try {
    return await run(network.refused);
  } finally {
    await network.close();
  }
}

/** Said at the end of the output, where people look for why it failed. */
function withRefused(ended: Ended, refused: readonly string[]): Ended {
  if (refused.length === 0 || !('output' in ended)) return ended;
  const { text, isCut } = ended.output;
  const hosts = refused.slice(0, MOST_SHOWN).join(', ');
  const more = refused.length > MOST_SHOWN ? ' and others' : '';
  const line = `Forge let this reach only what the policy file names under “reach:” of its runner, and so not ${hosts}${more}.`;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { ...ended, output: { text: `${before}${line}\n`, isCut } };
}
