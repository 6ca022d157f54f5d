import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';
import type { Output } from '../ports/command-runner.ts';
import { createTail } from './output.ts';

/** Pipes that somebody who escaped holds open are closed after this time. Milliseconds. */
const CLOSE_WITHIN = 2_000;

/** A program to be started, and how everything that it started is ended. */
export type Launch = {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd?: string;
  /** What it reads: a file. Absent: nothing. */
  input?: string;
  /** Where what it prints goes: a file. Absent: into the output. */
  into?: string;
  /** Opened and handed over as file descriptors, from 4 on. */
  handed?: readonly string[];
  /** It tells on file descriptor 3 what it started, as `bwrap --json-status-fd` does. */
  tellsStatus?: boolean;
  /** Ends everything that is left of it, and resolves once that is gone. `status`: what it told. */
  endAll(pid: number, status: () => string): Promise<void>;
};

export type Ended =
  | { kind: 'exited'; code: number; output: Output; tookMs: number }
  | { kind: 'killed'; signal: string; output: Output; tookMs: number }
  | { kind: 'timed-out'; output: Output; tookMs: number }
  /** It was ended for a reason outside of it. */
  | { kind: 'stopped'; reason: string; output: Output }
  /** What was asked for never ran. `reason`: what the program said. */
  | { kind: 'not-started'; reason: string };

export type RunOptions = {
  /** Milliseconds. */
  within: number;
  /** Bytes. */
  outputLimit: number;
  signal: AbortSignal;
  clock: Clock;
  /** Resolves with the reason once it has to be ended. */
  untilStop?(signal: AbortSignal): Promise<string>;
};

type Cause =
  | { kind: 'exit'; code: number | null; signal: NodeJS.Signals | null }
  | { kind: 'error'; error: Error }
  | { kind: 'time' }
  | { kind: 'stop'; reason: string }
  | { kind: 'abort' }
  | { kind: 'fault'; error: unknown };

/** Runs a program to its end, and returns once nothing of it is left. Rejects with the signal's reason when that aborts. */
export async function runProcess(launch: Launch, options: RunOptions): Promise<Ended> {
  options.signal.throwIfAborted();
  const began = options.clock.now();
  const child = start(launch);
  const tail = createTail(options.outputLimit);
  child.stdout?.on('data', tail.push);
  child.stderr?.on('data', tail.push);
  const status = collect(child);
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });

  const cause = await firstCause(child, options);
  if (child.pid !== undefined) {
    await launch.endAll(child.pid, status);
    await Promise.race([closed, setTimeout(CLOSE_WITHIN, undefined, { ref: false })]);
    for (const stream of child.stdio) stream?.destroy();
  }
  return outcomeOf(cause, {
    output: tail.read(),
    tookMs: options.clock.now() - began,
    status: launch.tellsStatus === true ? status() : undefined,
    signal: options.signal,
  });
}

function start(launch: Launch): ChildProcess {
  const opened: number[] = [];
  const open = (path: string, flags: string) => {
    const descriptor = openSync(path, flags, 0o600);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    const input = launch.input === undefined ? 'ignore' : open(launch.input, 'r');
    const output = launch.into === undefined ? 'pipe' : open(launch.into, 'w');
    const handed = (launch.handed ?? []).map((path) => open(path, 'r'));
    const [file = '', ...args] = launch.argv;
    return spawn(file, args, {
      env: launch.env,
      cwd: launch.cwd ?? '/',
      // A group and a session of its own: what is sent to Forge's terminal is not for it, and it can be ended as one.
      detached: true,
      stdio: [input, output, 'pipe', launch.tellsStatus === true ? 'pipe' : 'ignore', ...handed],
    });
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  const stream = child.stdio[3];
  if (stream instanceof Readable) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

async function firstCause(child: ChildProcess, options: RunOptions): Promise<Cause> {
  const over = new AbortController();
  const either = AbortSignal.any([options.signal, over.signal]);
  const abortOr = (error: unknown): Cause => (either.aborted ? { kind: 'abort' } : { kind: 'fault', error });
  try {
    return await Promise.race([
      new Promise<Cause>((resolve) => {
        child.once('exit', (code, signal) => resolve({ kind: 'exit', code, signal }));
        child.once('error', (error) => resolve({ kind: 'error', error }));
      }),
      options.clock.sleep(options.within, either).then((): Cause => ({ kind: 'time' }), abortOr),
      ...(options.untilStop === undefined
        ? []
        : [options.untilStop(either).then((reason): Cause => ({ kind: 'stop', reason }), abortOr)]),
    ]);
  } finally {
    over.abort();
  }
}

type Facts = { output: Output; tookMs: number; status: string | undefined; signal: AbortSignal };

function outcomeOf(cause: Cause, { output, tookMs, status, signal }: Facts): Ended {
  switch (cause.kind) {
    case 'abort':
      throw signal.reason;
    case 'fault':
      throw cause.error;
    case 'error':
      return { kind: 'not-started', reason: cause.error.message };
    case 'time':
      return { kind: 'timed-out', output, tookMs };
    case 'stop':
      return { kind: 'stopped', reason: cause.reason, output };
    case 'exit': {
      // Without an exit code told the program around it failed, such as for want of a namespace.
      if (status !== undefined && !/"exit-code"/u.test(status) && cause.signal === null)
        return { kind: 'not-started', reason: output.text.trim() };
      const name = cause.signal ?? signalNamed(cause.code ?? 0);
      if (name !== undefined) return { kind: 'killed', signal: name, output, tookMs };
      return { kind: 'exited', code: cause.code ?? 0, output, tookMs };
    }
  }
}

/** Shells and bwrap say 128 and the signal's number of what a signal ended. */
function signalNamed(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
}
