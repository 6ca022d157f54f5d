import type { Repository } from './code-host.ts';

export type CommandRequest = {
  repository: Repository;
  /**
   * Which attempt this is, of whoever asks: the same one again, such as after a crash, may be given what the first asking began.
   * Absent: it is begun anew.
   */
  attempt?: string;
  /** 40 hexadecimal digits: exactly this is checked out. */
  commit: string;
  /** Run by a shell in the checkout, before the command, once for each checkout; absent: nothing is to be installed. */
  install?: { command: string; within: number };
  /** Run by a shell in the checkout. */
  command: string;
  /** Milliseconds. */
  within: number;
  /** Bytes of output that are kept: the last ones. */
  outputLimit: number;
};

export type CommandOutcome =
  /** It ended by itself; only 0 is good. */
  | { kind: 'exited'; code: number; output: Output; tookMs: number }
  /** Ended by a signal nobody of Forge sent, such as for want of memory. */
  | { kind: 'killed'; signal: string; output: Output; tookMs: number }
  | { kind: 'timed-out'; output: Output; tookMs: number }
  /** The dependencies could not be installed; the command was not run. */
  | { kind: 'install-failed'; reason: string; output: Output }
  /** Nothing was run: a sentence that says why and what helps. */
  | { kind: 'unavailable'; reason: string };

/** Text without control characters; `isCut`: there was more before. Foreign: escaped where it is shown. */
export type Output = { text: string; isCut: boolean };

/**
 * Runs commands of foreign code in a clean checkout of one commit, where it can reach nothing of Forge's. Each may be run again:
 * it leaves nothing behind. When the signal aborts, everything it started is ended before the promise rejects.
 */
export type CommandRunner = {
  run(request: CommandRequest, options: { signal: AbortSignal }): Promise<CommandOutcome>;
};
