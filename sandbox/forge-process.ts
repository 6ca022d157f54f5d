import { createWriteStream, type WriteStream } from 'node:fs';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardReport } from './guard-messages.ts';
import { GuardedProcess } from './guarded-process.ts';

const TAIL_LINES = 20;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
const STOP_WITHIN_MS = 1_500;
/** A Forge that ends so often before it was ever ready will not become ready by itself. */
const HOPELESS_STARTS = 3;
/** A Forge that is connected this long is ready, whatever it printed. */
const LINK_IS_ENOUGH_MS = 1_000;
const READY_LINE = 'forge is ready';

export type ForgeOptions = {
  /** Forge's program file. */
  file: string;
  workingFolder: string;
  /** The sandbox's temporary folder; removed with the process. */
  folder: string;
  /** Where everything Forge prints is appended. */
  logFile: string;
  environment: Record<string, string>;
  onChange(): void;
  onLine(line: string): void;
  /** A sentence for the person at the terminal. */
  report(text: string): void;
};

export type ForgeState = { pid: number | null; ready: boolean };

/** Forge as in production, a process of its own, started again whenever it ends until `stop`. */
export class ForgeProcess {
  readonly #options: ForgeOptions;
  readonly #log: WriteStream;
  #guarded: GuardedProcess;
  #pid: number | undefined;
  #links = new Map<Duplex, number>();
  #hasPrintedReady = false;
  #wasReady = false;
  #tail: string[] = [];
  #delayMs = FIRST_DELAY_MS;
  #failedStarts = 0;
  #isStopping = false;
  #ended = Promise.withResolvers<void>();

  constructor(options: ForgeOptions) {
    this.#options = options;
    this.#log = createWriteStream(options.logFile, { flags: 'a' });
    this.#log.on('error', (error) => options.report(`Forge's log can't be written: ${error.message}`));
    this.#guarded = this.#newGuard();
    this.#start();
  }

  state(): ForgeState {
    return { pid: this.#pid ?? null, ready: this.#isReady() };
  }

  /** Tells of a Socket Mode connection that Slack accepted: that is how the world sees that Forge is there. */
  linked(socket: Duplex): void {
    this.#links.set(socket, Date.now());
    socket.once('close', () => {
      this.#links.delete(socket);
      this.#changed();
    });
    setTimeout(() => this.#changed(), LINK_IS_ENOUGH_MS).unref();
    this.#changed();
  }

  /** Throws with what Forge printed last when it does not start, or is not ready in time. */
  async untilReady(withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!this.#isReady()) {
      if (this.#isStopping) throw new Error('The sandbox was stopped while Forge was starting.');
      if (this.#failedStarts >= HOPELESS_STARTS) throw new Error(`Forge does not start:\n${this.tail()}`);
      if (Date.now() > deadline) {
        throw new Error(
          `Forge did not connect within ${withinMs / 1000} s. It printed last:\n${this.tail()}`,
        );
      }
      await sleep(25);
    }
  }

  /** The last lines Forge printed. */
  tail(): string {
    return this.#tail.join('\n');
  }

  /** Ends Forge and its guard within 2 s, and removes the temporary folder. Idempotent. */
  async stop(): Promise<void> {
    if (!this.#isStopping) {
      this.#isStopping = true;
      this.#guarded.order({ kind: 'stop', withinMs: STOP_WITHIN_MS });
    }
    await Promise.race([this.#ended.promise, sleep(STOP_WITHIN_MS + 300)]);
    await this.#guarded.close();
    this.#log.end();
  }

  #newGuard(): GuardedProcess {
    return new GuardedProcess({
      folder: this.#options.folder,
      onReport: (report) => this.#hear(report),
      onLine: (line) => this.#print(line),
      onLost: () => this.#replaceGuard(),
    });
  }

  #start(): void {
    const { file, workingFolder, environment } = this.#options;
    this.#guarded.order({ kind: 'start', file, workingFolder, environment });
  }

  #hear(report: GuardReport): void {
    switch (report.kind) {
      case 'started':
        this.#pid = report.pid;
        this.#changed();
        return;
      case 'ended':
        this.#hasEnded(report.reason);
        return;
    }
  }

  #hasEnded(reason: string): void {
    const wasReady = this.#wasReady;
    this.#pid = undefined;
    this.#links.clear();
    this.#hasPrintedReady = false;
    this.#wasReady = false;
    this.#changed();
    if (this.#isStopping) {
      this.#ended.resolve();
      return;
    }
    if (wasReady) this.#delayMs = FIRST_DELAY_MS;
    this.#failedStarts = wasReady ? 0 : this.#failedStarts + 1;
    this.#options.report(`Forge ended (${reason}). It is started again in ${this.#delayMs} ms.`);
    if (this.#failedStarts === 1) this.#options.report(`It printed last:\n${this.tail()}`);
    this.#startLater();
  }

  #startLater(): void {
    setTimeout(() => {
      if (!this.#isStopping) this.#start();
    }, this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }

  #replaceGuard(): void {
    if (this.#isStopping) {
      this.#ended.resolve();
      return;
    }
    // Nobody guards this Forge any more: it must not live beside the next one.
    if (this.#pid !== undefined) killIfAlive(this.#pid);
    this.#guarded = this.#newGuard();
    this.#hasEnded('its guard was killed');
  }

  #print(line: string): void {
    this.#log.write(`${line}\n`);
    this.#tail = [...this.#tail, line].slice(-TAIL_LINES);
    if (line.includes(READY_LINE)) this.#hasPrintedReady = true;
    this.#options.onLine(line);
    this.#changed();
  }

  #changed(): void {
    if (this.#isReady()) this.#wasReady = true;
    this.#options.onChange();
  }

  #isReady(): boolean {
    if (this.#pid === undefined) return false;
    const now = Date.now();
    for (const since of this.#links.values()) {
      if (this.#hasPrintedReady || now - since >= LINK_IS_ENOUGH_MS) return true;
    }
    return false;
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
