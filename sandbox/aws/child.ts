import { type ChildProcess, spawn } from 'node:child_process';
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
  const child = spawn(process.execPath, [fileURLToPath(script), ...(options.words ?? [])], {
    // Ctrl-C in a terminal reaches the whole process group; the sandbox alone decides when its children end.
    detached: true,
    env: { PATH: process.env.PATH, ...options.variables },
    stdio: ['ignore', 'ignore', options.isQuiet === true ? 'ignore' : 'inherit', 'ipc'],
  });
  // Also emitted for a message to a child that ends at that moment, which its exit tells anyway.
  child.on('error', (error) => {
    if (child.pid === undefined) console.error(`Could not start ${script.pathname}`, error);
  });
  return child;
}

/** Asks the child to end by SIGTERM and kills it after `graceMs`. Resolves when it is gone. Idempotent. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exit;
  clearTimeout(kill);
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
