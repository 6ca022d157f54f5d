import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

type WorkerState = 'booting' | 'standby' | 'leading' | 'fenced' | 'stopping';

/** One process with an engine. */
export type Worker = {
  readonly number: number;
  readonly child: ChildProcess;
  state: WorkerState;
  isFrozen: boolean;
  /** The harness ends it, or makes it end. */
  isDoomed: boolean;
  /** What it wrote to its standard error. */
  errors: string;
};

const workerPath = new URL('./worker.ts', import.meta.url);
const size = 2;
/** For a worker that was asked to stop. */
const patienceMs = 5_000;

/** Keeps two worker processes going, whatever happens to them. */
export class Fleet {
  /** What workers report as wrong, and ends nobody asked for. */
  readonly complaints: string[] = [];
  /** Numbers of the workers that were asked to stop. */
  readonly stopped: number[] = [];
  readonly #folder: string;
  readonly #workers = new Set<Worker>();
  #started = 0;
  #isClosed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  start(): void {
    while (!this.#isClosed && this.#workers.size < size) this.#fork();
  }

  /** How many processes there were. */
  get started(): number {
    return this.#started;
  }

  get workers(): Worker[] {
    return [...this.#workers];
  }

  get leader(): Worker | undefined {
    return this.workers.find(
      ({ state, isFrozen, isDoomed }) => state === 'leading' && !isFrozen && !isDoomed,
    );
  }

  /** Gives both a chance to end by themselves, and kills what is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const ends = this.workers.map(async (worker) => {
      if (worker.isFrozen) worker.child.kill('SIGCONT');
      this.stop(worker);
      await endedWithin(patienceMs, worker);
      worker.child.kill('SIGKILL');
      await endedWithin(patienceMs, worker);
    });
    await Promise.all(ends);
  }

  stop(worker: Worker): void {
    worker.isDoomed = true;
    worker.state = 'stopping';
    this.stopped.push(worker.number);
    worker.child.kill('SIGTERM');
  }

  /** At once, also where nothing may be awaited any more. */
  killAll(): void {
    this.#isClosed = true;
    for (const { child } of this.#workers) child.kill('SIGKILL');
  }

  #fork(): void {
    const number = ++this.#started;
    const child = fork(workerPath, [this.#folder, String(number)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const worker: Worker = { number, child, state: 'booting', isFrozen: false, isDoomed: false, errors: '' };
    this.#workers.add(worker);
    child.stderr?.on('data', (chunk: Buffer) => {
      worker.errors += chunk.toString();
    });
    child.on('message', (message) => this.#hear(worker, String(message)));
    child.on('exit', () => {
      this.#workers.delete(worker);
      if (!worker.isDoomed) {
        this.complaints.push(`worker ${number} ended by itself ${endingOf(worker)}`);
      }
      this.start();
    });
  }

  #hear(worker: Worker, message: string): void {
    switch (message) {
      case 'standby':
      case 'leading':
      case 'fenced':
        if (worker.state !== 'stopping') worker.state = message;
        return;
      default:
        this.complaints.push(`worker ${worker.number}: ${message}`);
    }
  }
}

/** How it ended and what it said. */
export function endingOf({ child, errors }: Worker): string {
  return `(${child.exitCode ?? child.signalCode ?? 'still there'}): ${errors.trim()}`;
}

/** Resolves when the process has ended, or after so many milliseconds. */
export async function endedWithin(milliseconds: number, { child }: Worker): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = new AbortController();
  const patience = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([once(child, 'exit'), patience]);
  timer.abort();
}
