import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { endChild, hasEnded } from '../child.ts';

export type ContainerProgram = {
  words: readonly string[];
  variables: Readonly<Record<string, string>>;
  /** `uid` or `uid:gid`; root unless told. */
  user?: string | undefined;
  /** Folders of the task, by where the container sees them. */
  /** This machine's network; none of its own otherwise. */
  network: boolean;
  mounts: readonly { source: string; path: string }[];
  print: (line: string) => void;
};

/** What an image brings, as far as this machine has it. */
const IMAGE = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc/ssl', '/etc/alternatives'];

/** One container as a real process in bubblewrap: files, users and processes of its own, and no network but what it is given. */
export class ContainerProcess {
  /** The exit code as containers tell it; a text is the reason why it could not be started. */
  readonly ended: Promise<number | string>;
  readonly #child: ChildProcess;

  constructor(program: ContainerProgram) {
    this.#child = spawn('bwrap', [...box(program), '--', ...program.words], {
      detached: true,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', program.print);
    this.ended = new Promise((resolve) => {
      // Closed, not only ended: everything it printed is there by then.
      this.#child.once('close', (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
      this.#child.once('error', (error) => {
        if (this.#child.pid === undefined)
          resolve(`CannotStartContainerError: this sandbox runs containers in bubblewrap: ${error.message}`);
      });
    });
  }

  get pid(): number | undefined {
    return hasEnded(this.#child) ? undefined : this.#child.pid;
  }

  async stop(timeoutMs: number): Promise<void> {
    await endChild(this.#child, timeoutMs);
    // Ended before it had tied the container to its own life, it leaves a container that is still in its group.
    if (this.#child.pid !== undefined) killGroup(this.#child.pid);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

function box({ variables, user = '0', mounts, network }: ContainerProgram): string[] {
  const [uid = '0', gid = uid] = user.split(':');
  const node = dirname(process.execPath);
  const path = `${node}:/usr/local/bin:/usr/bin:/bin`;
  return [
    ...['--die-with-parent', '--cap-drop', 'ALL'],
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--uid', uid, '--gid', gid],
    ...(network ? [] : ['--unshare-net']),
    ...[...IMAGE, node].flatMap((folder) => ['--ro-bind-try', folder, folder]),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...mounts.flatMap(({ source, path: seen }) => ['--bind', source, seen]),
    ...['--chdir', '/', '--clearenv', '--setenv', 'PATH', path],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}
