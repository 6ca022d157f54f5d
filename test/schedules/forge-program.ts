import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { patiently } from './patiently.ts';

export type ForgeProgram = {
  /** Everything it printed, a line each. */
  lines: string[];
  untilReady(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
};

/** Forge's own program, as an operator starts it. */
export function startProgram(environment: Record<string, string>): ForgeProgram {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return {
    lines,
    async untilReady() {
      await patiently(() => {
        if (hasEnded(child)) throw new Error(`Forge ended:\n${lines.join('\n')}`);
        return lines.some((line) => line.includes('forge is ready'));
      });
    },
    async kill() {
      if (!hasEnded(child)) child.kill('SIGKILL');
      await exit;
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
