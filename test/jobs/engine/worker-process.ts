import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { eventually } from '../../eventually.ts';

const workerPath = new URL('./worker.ts', import.meta.url);

export type WorkerProcess = {
  readonly pid: number;
  /** Waits until it has told that, however early it did. */
  told(message: string): Promise<void>;
  hasTold(message: string): boolean;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** Waits until it has killed itself. */
  died(): Promise<'died'>;
};

/** A process with an engine on the database, whose effects go to the ledger; it dies where `dieAt` says (see worker.ts). */
export function startWorker({
  path,
  ledger,
  dieAt = '',
}: {
  path: string;
  ledger: string;
  dieAt?: string;
}): WorkerProcess {
  const child = fork(workerPath, [path, ledger, dieAt], { stdio: 'inherit' });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  const hasTold = (message: string) => messages.includes(message);
  return {
    pid: child.pid ?? 0,
    hasTold,
    told: async (message) => {
      await eventually(() => hasTold(message));
    },
    freeze: () => {
      child.kill('SIGSTOP');
    },
    thaw: () => {
      child.kill('SIGCONT');
    },
    kill: () => kill(child),
    async died() {
      await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      return 'died';
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
