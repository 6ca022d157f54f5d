import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { z } from 'zod';
import { endChild, hasEnded, startChild } from '../child.ts';

const HealthAnswer = z.object({ healthy: z.boolean() });
const service = new URL('../../sample-service/service.ts', import.meta.url);

/** The process of a task's main container. */
export class TaskProcess {
  readonly #child: ChildProcess;
  /** The exit code; 128 + the signal's number for a process that was killed, as containers report it. */
  readonly exited: Promise<number>;

  constructor(options: { words: readonly string[]; variables: Record<string, string> }) {
    this.#child = startChild(service, { ...options, isQuiet: true });
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
    return hasEnded(this.#child) ? undefined : this.#child.pid;
  }

  /** SIGTERM, then SIGKILL after `timeoutMs`. Resolves when it is gone. */
  async stop(timeoutMs: number): Promise<void> {
    await endChild(this.#child, timeoutMs);
  }

  /** What the container's health check says now. No answer in time is a failed check. */
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
