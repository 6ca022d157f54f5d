import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts a TypeScript file as a process of its own, with a message channel. The child sees only the variables
 * given to it; what it prints is dropped, its errors too if it is quiet. It must end itself when the channel
 * closes (`process.on('disconnect')`).
 */
export function startChild(
  script: URL,
  options: { words?: readonly string[]; variables?: Record<string, string>; isQuiet?: boolean } = {},
): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(script), ...(options.words ?? [])], {
    env: { PATH: process.env.PATH, ...options.variables },
    stdio: ['ignore', 'ignore', options.isQuiet === true ? 'ignore' : 'inherit', 'ipc'],
  });
}

/** Asks the child to end by SIGTERM and kills it after `graceMs`. Resolves when it is gone. Idempotent. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exit;
  clearTimeout(kill);
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
