import type { ChildProcess } from 'node:child_process';
import { endChild, hasEnded, startChild } from '../child.ts';
import { FromLoad, type LoadReport, type ToLoad } from './messages.ts';

/** The sandbox's side of the load generator. Its process starts with the first load. */
export class Load {
  #child: ChildProcess | undefined;
  readonly #reads = new Map<number, (reports: Record<string, LoadReport>) => void>();
  readonly #rates = new Map<string, number>();
  #lastRead = 0;

  get pid(): number | undefined {
    return this.#child === undefined || hasEnded(this.#child) ? undefined : this.#child.pid;
  }

  /** Requests per second to `url` from now on; 0 ends them. */
  set(key: string, url: string, requestsPerSecond: number): void {
    this.#rates.set(key, requestsPerSecond);
    this.#tell({ type: 'set', key, url, requestsPerSecond });
  }

  /** Requests per second that are set now. */
  rate(key: string): number {
    return this.#rates.get(key) ?? 0;
  }

  /** What the customers saw, by key, since the process started. */
  async reports(): Promise<Record<string, LoadReport>> {
    if (this.pid === undefined) return {};
    this.#lastRead += 1;
    const id = this.#lastRead;
    const reports = new Promise<Record<string, LoadReport>>((resolve) => this.#reads.set(id, resolve));
    this.#tell({ type: 'read', id });
    return await reports;
  }

  async stop(): Promise<void> {
    if (this.#child !== undefined) await endChild(this.#child, 1_000);
  }

  #tell(message: ToLoad): void {
    const child = this.pid === undefined ? this.#spawn() : this.#child;
    if (child?.connected === true) child.send(message);
  }

  #spawn(): ChildProcess {
    const child = startChild(new URL('./process.ts', import.meta.url));
    child.on('message', (raw) => {
      const { id, reports } = FromLoad.parse(raw);
      this.#reads.get(id)?.(reports);
      this.#reads.delete(id);
    });
    child.on('exit', () => {
      for (const resolve of this.#reads.values()) resolve({});
      this.#reads.clear();
    });
    this.#child = child;
    return child;
  }
}
