import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between the request to end and the end. */
const GRACE = 1_000;

/**
 * The first process leads a group of its own. Another in the group reads from a pipe that this process holds: when the pipe closes,
 * because the command is over or because this process is gone, however it died, whatever is left of the group is killed.
 */
const LIFELINE = '(trap "" TERM; read -r _; kill -KILL 0) <&3 >/dev/null 2>&1 & exec "$0" "$@" 3<&-';

export type Command = {
  words: readonly [string, ...string[]];
  folder: string;
  /** Nothing else of this process's environment reaches it. */
  environment: Record<string, string>;
  /** One line it printed. */
  print(line: string): void;
};

/** Runs a command to its end. Its exit code; 128 and more where a signal ended it. Rejects with the signal's reason when that aborts. */
export async function runCommand(command: Command, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const child = spawn('bash', ['-c', LIFELINE, ...command.words], {
    cwd: command.folder,
    env: command.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [, , , lifeline] = child.stdio;
  // Both ends of a closed pipe say so, which is no news.
  lifeline?.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', command.print);
  }
  const closed = once(child, 'close');
  // Whoever could not be started says so by its exit.
  closed.catch(() => undefined);
  const exited = once(child, 'exit').finally(() => lifeline?.destroy());
  const abort = () => void end(child.pid, exited).finally(() => lifeline?.destroy());
  signal.addEventListener('abort', abort, { once: true });
  try {
    const [code] = await exited;
    // A process that has left the group may hold the pipes for ever.
    await Promise.race([closed, sleep(GRACE, undefined, { ref: false })]);
    signal.throwIfAborted();
    return typeof code === 'number' ? code : 128;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Asks the whole group to end, and kills whoever has not after a while. */
async function end(group: number | undefined, exited: Promise<unknown>): Promise<void> {
  tell(group, 'SIGTERM');
  await Promise.race([exited, sleep(GRACE, undefined, { ref: false })]);
  tell(group, 'SIGKILL');
}

function tell(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    // Nobody of it is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
