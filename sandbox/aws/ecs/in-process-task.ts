import { constants } from 'node:os';
import type { Influence } from '../../sample-service/conduct.ts';
import type { Running } from '../../sample-service/host.ts';
import { runImage } from '../../sample-service/run-image.ts';
import { readSettings } from '../../sample-service/settings.ts';
import type { TaskProcess, TaskProgram } from './task-process.ts';

/**
 * A task inside the sandbox's own process: the same service on a real port, started in a millisecond. It cannot be
 * killed from outside.
 */
export class InProcessTask implements TaskProcess {
  readonly exited: Promise<number>;
  readonly pid = undefined;
  #isOver = false;
  readonly #exit: (code: number) => void;
  readonly #running: Running;
  readonly #terminate: (() => void)[] = [];

  constructor({ words, variables }: TaskProgram) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.exited = promise;
    this.#exit = resolve;
    const host = {
      onTerminate: (listener: () => void) => {
        this.#terminate.push(listener);
      },
      // What a container prints is dropped, as for a task in a process of its own.
      print: () => undefined,
      exit: (code: number) => this.#end(code),
    };
    this.#running = runImage(readSettings(variables), { words, host });
  }

  get hasEnded(): boolean {
    return this.#isOver;
  }

  async stop(timeoutMs: number): Promise<void> {
    if (this.#isOver) return;
    const late = setTimeout(() => this.#end(128 + constants.signals.SIGKILL), timeoutMs);
    for (const terminate of this.#terminate) terminate();
    await this.exited;
    clearTimeout(late);
  }

  async isHealthy(): Promise<boolean> {
    return !this.#isOver && this.#running.isHealthy();
  }

  adapt(influence: Influence): void {
    this.#running.adapt(influence);
  }

  #end(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#running.kill();
    this.#exit(code);
  }
}
