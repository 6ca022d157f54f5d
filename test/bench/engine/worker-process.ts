import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { InvariantBroken } from './figure.ts';

export type Role = 'engine' | 'signaller';

export type Worker = {
  process: ChildProcess;
  /** When it was started, milliseconds since the epoch. */
  startedAt: number;
  /** Resolves with the whole message once one begins with that, however early it came. */
  told(beginning: string): Promise<string>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
};

/** Starts a process of its own on the database. */
export function startWorker(role: Role, path: string): Worker {
  const startedAt = performance.timeOrigin + performance.now();
  const child = fork(new URL('./worker.ts', import.meta.url), [role, path], { stdio: 'inherit' });
  const messages: string[] = [];
  let next = Promise.withResolvers<void>();
  const changes = () => {
    next.resolve();
    next = Promise.withResolvers();
  };
  const changed = () => next.promise;
  child.on('message', (message) => {
    messages.push(String(message));
    changes();
  });
  child.on('exit', changes);
  return {
    process: child,
    startedAt,
    async told(beginning) {
      for (;;) {
        const found = messages.find((message) => message.startsWith(beginning));
        if (found !== undefined) return found;
        if (child.exitCode !== null) throw new InvariantBroken(`A process ended with code ${child.exitCode}`);
        await changed();
      }
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
