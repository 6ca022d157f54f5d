import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type GuardOrder, GuardReport } from './guard-messages.ts';

const GUARD = fileURLToPath(new URL('guard.ts', import.meta.url));

export type GuardedOptions = {
  /** Removed by the guard when the sandbox is gone. */
  folder: string;
  onReport(report: GuardReport): void;
  /** One line the guarded program printed. */
  onLine(line: string): void;
  /** The guard itself ended, and nobody asked it to. */
  onLost(): void;
};

/** A program that ends when this process does, even by kill -9: started through `guard.ts`. */
export class GuardedProcess {
  readonly #guard: ChildProcess;
  #isClosing = false;

  constructor(options: GuardedOptions) {
    // In a process group of its own, so that Ctrl-C in the terminal reaches the sandbox alone.
    this.#guard = spawn(process.execPath, [GUARD, options.folder], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#guard.on('message', (message) => options.onReport(GuardReport.parse(message)));
    for (const stream of [this.#guard.stdout, this.#guard.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', options.onLine);
    }
    this.#guard.once('error', (error) => options.onLine(`The guard failed: ${error.message}`));
    this.#guard.once('exit', () => {
      if (!this.#isClosing) options.onLost();
    });
  }

  order(order: GuardOrder): void {
    if (this.#guard.connected) this.#guard.send(order);
  }

  /** Lets the guard go: it kills what it guards, removes the folder and ends. Resolves when it has. */
  close(): Promise<void> {
    this.#isClosing = true;
    return new Promise((resolve) => {
      if (this.#guard.exitCode !== null || this.#guard.signalCode !== null) return resolve();
      this.#guard.once('exit', () => resolve());
      if (this.#guard.connected) this.#guard.disconnect();
    });
  }
}
