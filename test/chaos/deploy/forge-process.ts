import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '../faults/wait-until.ts';
import type { Point } from './crash-points.ts';
import { FromForge, type ToForge } from './protocol.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;
const KEPT_LINES = 200;

/** Forge as a process, started again whenever it was killed. */
export class ForgeProcess {
  /** How often it was killed, and what went wrong otherwise. */
  kills = 0;
  readonly problems: string[] = [];
  /** The last it printed. */
  lines: string[] = [];
  readonly #environment: Record<string, string>;
  readonly #downMs: number;
  #child: ChildProcess | undefined;
  #isReady = false;
  #isStopping = false;
  #passed: Point[] | undefined;
  #isArmed = false;

  /** `downMs`: how long it stays away after it was killed. */
  constructor(environment: Record<string, string>, { downMs }: { downMs: number }) {
    this.#environment = environment;
    this.#downMs = downMs;
    this.#start();
  }

  async untilReady(): Promise<void> {
    if ((await waitUntil(() => this.#isReady || undefined, READY_WITHIN_MS)) === undefined) {
      throw new Error(`Forge is not ready after ${READY_WITHIN_MS / 1_000} s: ${this.lines.join('\n')}`);
    }
  }

  /** From here on points count; at this one it dies. */
  async arm(point: Point | undefined): Promise<void> {
    await this.untilReady();
    this.#isArmed = false;
    this.#say({ type: 'arm', point });
    if ((await waitUntil(() => this.#isArmed || undefined, ANSWER_WITHIN_MS)) === undefined) {
      throw new Error('Forge did not hear where it is to die.');
    }
  }

  /** What it has passed since it was armed. */
  async passed(): Promise<Point[]> {
    this.#passed = undefined;
    this.#say({ type: 'tell' });
    const passed = await waitUntil(() => this.#passed, ANSWER_WITHIN_MS);
    if (passed === undefined) throw new Error('Forge did not tell what it has passed.');
    return passed;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    child?.kill('SIGKILL');
    await waitUntil(() => this.#child === undefined || undefined, ANSWER_WITHIN_MS);
  }

  #start(): void {
    const child = fork(WORKER, { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#keep(line));
    }
    child.on('message', (raw) => this.#hear(FromForge.parse(raw)));
    child.once('exit', (code, signal) => this.#hasEnded(signal ?? `exit code ${code}`));
  }

  #hear(message: FromForge): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return;
      case 'armed':
        this.#isArmed = true;
        return;
      case 'passed':
        this.#passed = message.points;
        return;
    }
  }

  #hasEnded(how: string): void {
    this.#child = undefined;
    this.#isReady = false;
    if (this.#isStopping) return;
    if (how === 'SIGKILL') this.kills += 1;
    else this.problems.push(`Forge ended by itself (${how})`);
    this.#keep(`--- ${how}`);
    setTimeout(() => {
      if (!this.#isStopping) this.#start();
    }, this.#downMs);
  }

  #say(message: ToForge): void {
    if (this.#child?.connected === true) this.#child.send(message);
  }

  #keep(line: string): void {
    this.lines = [...this.lines, line].slice(-KEPT_LINES);
  }
}
