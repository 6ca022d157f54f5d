import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { z } from 'zod';
import type { Influence } from '../../sample-service/conduct.ts';
import { endChild, hasEnded, startChild } from '../child.ts';
import type { TaskProcess, TaskProgram } from './task-process.ts';

const HealthAnswer = z.object({ healthy: z.boolean() });
const service = new URL('../../sample-service/service.ts', import.meta.url);

/** A task as a real process, which can be killed like one. */
export class ChildTask implements TaskProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<number>;

  constructor(program: TaskProgram) {
    this.#child = startChild(service, { ...program, isQuiet: true });
    this.exited = new Promise((resolve, reject) => {
      this.#child.on('exit', (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
      this.#child.on('error', (error) => {
        // Also emitted for a signal that came too late; only a process that never was has no exit.
        if (this.#child.pid === undefined) reject(error);
      });
    });
  }

  get pid(): number | undefined {
    return this.hasEnded ? undefined : this.#child.pid;
  }

  get hasEnded(): boolean {
    return hasEnded(this.#child);
  }

  async stop(timeoutMs: number): Promise<void> {
    await endChild(this.#child, timeoutMs);
  }

  adapt(influence: Influence): void {
    if (this.#child.connected) this.#child.send({ influence }, () => undefined);
  }

  async isHealthy(timeoutMs: number): Promise<boolean> {
    if (!this.#child.connected) return false;
    const answer = Promise.withResolvers<boolean>();
    const hear = (raw: unknown) => answer.resolve(HealthAnswer.safeParse(raw).data?.healthy === true);
    const late = setTimeout(() => answer.resolve(false), timeoutMs);
    this.#child.once('message', hear);
    this.#child.send({ ask: 'health' }, (error) => {
      // The process ended meanwhile.
      if (error !== null) answer.resolve(false);
    });
    const healthy = await answer.promise;
    clearTimeout(late);
    this.#child.off('message', hear);
    return healthy;
  }
}
