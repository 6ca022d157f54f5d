import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, hasEnded, startChild } from '../child.ts';
import { type Configuration, FromDataPlane, type Readings, type ToDataPlane } from './messages.ts';

export type HealthReport = Extract<FromDataPlane, { type: 'health' }>;
const noReadings: Readings = { totals: {}, buckets: [], probes: [] };

/** The control plane's side of the load balancers' process. Starts it again, on the same ports, if it dies. */
export class DataPlane {
  #child: ChildProcess | undefined;
  #configuration: Configuration | undefined;
  readonly #ports = new Map<string, number>();
  readonly #reads = new Map<number, (readings: Readings) => void>();
  #lastRead = 0;
  #isStopping = false;
  #onListening: () => void = () => undefined;
  readonly #onHealth: (report: HealthReport) => void;

  constructor(onHealth: (report: HealthReport) => void) {
    this.#onHealth = onHealth;
  }

  get pid(): number | undefined {
    return this.#child === undefined || hasEnded(this.#child) ? undefined : this.#child.pid;
  }

  /** Resolves when every listener of the configuration listens; throws when the process ends before. */
  async start(configuration: Configuration): Promise<void> {
    this.#configuration = configuration;
    const listening = Promise.withResolvers<void>();
    this.#onListening = listening.resolve;
    this.#spawn().once('exit', () => {
      listening.reject(new Error("The load balancers' process ended before it listened"));
    });
    if (configuration.listeners.length > 0) await listening.promise;
    else listening.resolve();
  }

  configure(configuration: Configuration): void {
    this.#configuration = configuration;
    this.#tell({ type: 'configure', configuration: this.#onKnownPorts(configuration) });
  }

  port(listener: string): number | undefined {
    return this.#ports.get(listener);
  }

  /** Totals since the process started, and the buckets from that second on. */
  async read(sinceSecond: number): Promise<Readings> {
    if (this.#child?.connected !== true || this.#isStopping) return noReadings;
    this.#lastRead += 1;
    const id = this.#lastRead;
    const readings = new Promise<Readings>((resolve) => this.#reads.set(id, resolve));
    this.#tell({ type: 'read', id, sinceSecond });
    return await readings;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#child !== undefined) await endChild(this.#child, 1_000);
  }

  #spawn(): ChildProcess {
    const child = startChild(new URL('./process.ts', import.meta.url));
    this.#child = child;
    child.on('message', (raw) => this.#hear(FromDataPlane.parse(raw)));
    child.on('exit', () => void this.#afterExit());
    if (this.#configuration !== undefined) this.configure(this.#configuration);
    return child;
  }

  async #afterExit(): Promise<void> {
    for (const resolve of this.#reads.values()) resolve(noReadings);
    this.#reads.clear();
    await sleep(200);
    if (!this.#isStopping) this.#spawn();
  }

  #hear(message: FromDataPlane): void {
    switch (message.type) {
      case 'listening':
        for (const [listener, port] of Object.entries(message.ports)) this.#ports.set(listener, port);
        this.#onListening();
        return;
      case 'health':
        this.#onHealth(message);
        return;
      case 'readings':
        this.#reads.get(message.id)?.(message.readings);
        this.#reads.delete(message.id);
        return;
    }
  }

  #onKnownPorts(configuration: Configuration): Configuration {
    const listeners = configuration.listeners.map((listener) => ({
      ...listener,
      port: this.#ports.get(listener.arn) ?? listener.port,
    }));
    return { ...configuration, listeners };
  }

  #tell(message: ToDataPlane): void {
    if (this.#child?.connected === true && !this.#isStopping) this.#child.send(message);
  }
}
