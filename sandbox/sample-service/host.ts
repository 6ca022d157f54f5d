import type { Influence } from './conduct.ts';

/** What a running image needs of the machine it runs on: a process of its own, or the sandbox's. */
export type Host = {
  /** Called when it is asked to end, as by SIGTERM. */
  onTerminate(listener: () => void): void;
  /** Writes a line to its log. */
  print(line: string): void;
  /** Ends it with this exit code. */
  exit(code: number): void;
};

export type Running = {
  /** What a health check inside the container would say now. */
  isHealthy(): boolean;
  /** Changes how well it serves from now on; an influence replaces the one before. */
  adapt(influence: Influence): void;
  /** Frees everything it holds at once, as the system does after SIGKILL. Idempotent. */
  kill(): void;
};
