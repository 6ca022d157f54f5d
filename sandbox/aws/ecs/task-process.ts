import type { Influence } from '../../sample-service/conduct.ts';

/** What a task's main container runs. */
export type TaskProgram = { words: readonly string[]; variables: Record<string, string> };

/** The process of a task's main container; it begins when it is made. */
export type TaskProcess = {
  /** The exit code; 128 + the signal's number for a process that was killed, as containers report it. */
  readonly exited: Promise<number>;
  /** Undefined once it has ended, and for a task that runs in the sandbox's own process. */
  readonly pid: number | undefined;
  readonly hasEnded: boolean;
  /** SIGTERM, then SIGKILL after `timeoutMs`. Resolves when it is gone. Idempotent. */
  stop(timeoutMs: number): Promise<void>;
  /** What the container's health check says now. No answer in time is a failed check. */
  isHealthy(timeoutMs: number): Promise<boolean>;
  /** Changes how well it serves from now on. Does nothing once it has ended. */
  adapt(influence: Influence): void;
};

/** How the tasks of a sandbox run. */
export type StartTask = (program: TaskProgram) => TaskProcess;
