import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, type StartHost, startHostProcess } from './host.ts';
import type { Configuration, FromDataPlane, Readings, ToDataPlane } from './messages.ts';
import { NodeFeed } from './node-feed.ts';

export type HealthReport = Extract<FromDataPlane, { type: 'health' }>;
const noReadings: Readings = { totals: {}, buckets: [], probes: [], hosts: [], connections: [] };

/** How many nodes serve, and how much later than the first that hears of it a node may learn of a change. */
export type NodeSettings = { count: 1 | 2; lagMs: () => number };

/** The control plane's side of the load balancers' process. Starts it again, on the same ports, if it dies. */
export class DataPlane {
  #host: Host | undefined;
  #configuration: Configuration | undefined;
  readonly #feeds = [0, 1].map((node) => new NodeFeed((configuration) => this.#bring(node, configuration)));
  #nodes: NodeSettings = { count: 1, lagMs: () => 0 };
  readonly #ports = new Map<string, number>();
  readonly #reads = new Map<number, (readings: Readings) => void>();
  #lastRead = 0;
  #isStopping = false;
  #onListening: () => void = () => undefined;
  readonly #onHealth: (report: HealthReport) => void;

  readonly #startHost: StartHost;
  /** Called once when the host that is started first ends before it listens. */
  #onEnd: () => void = () => undefined;

  constructor(onHealth: (report: HealthReport) => void, startHost: StartHost = startHostProcess) {
    this.#onHealth = onHealth;
    this.#startHost = startHost;
  }

  get pid(): number | undefined {
    return this.#host?.pid;
  }

  /** Resolves when every listener of the configuration listens; throws when the process ends before. */
  async start(configuration: Configuration): Promise<void> {
    this.#configuration = configuration;
    const listening = Promise.withResolvers<void>();
    // They may be told of one by one.
    this.#onListening = () => {
      if (configuration.listeners.every(({ arn }) => this.#ports.has(arn))) listening.resolve();
    };
    this.#onEnd = () => listening.reject(new Error("The load balancers' process ended before it listened"));
    this.#spawn();
    if (configuration.listeners.length > 0) await listening.promise;
    else listening.resolve();
  }

  configure(configuration: Configuration): void {
    this.#configuration = configuration;
    // One node hears of a change at once; which one, nobody can know.
    const prompt = Math.random() < 0.5 ? 0 : 1;
    for (const [node, feed] of this.#feeds.entries()) {
      const isLate = this.#nodes.count > 1 && node !== prompt;
      if (node < this.#nodes.count) feed.give(configuration, isLate ? this.#nodes.lagMs() : 0);
    }
  }

  /** From now on so many nodes serve. All of them know everything at this moment. */
  setNodes(nodes: NodeSettings): void {
    this.#nodes = nodes;
    if (this.#configuration === undefined) return;
    for (const feed of this.#feeds.slice(0, nodes.count)) feed.catchUp(this.#configuration);
  }

  port(listener: string): number | undefined {
    return this.#ports.get(listener);
  }

  /** Totals since the process started, and the buckets from that second on. */
  async read(sinceSecond: number): Promise<Readings> {
    if (this.#host === undefined || this.#isStopping) return noReadings;
    this.#lastRead += 1;
    const id = this.#lastRead;
    const readings = new Promise<Readings>((resolve) => this.#reads.set(id, resolve));
    this.#tell({ type: 'read', id, sinceSecond });
    return await readings;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const feed of this.#feeds) feed.stop();
    await this.#host?.stop();
  }

  #spawn(): void {
    this.#host = this.#startHost({
      heard: (message) => this.#hear(message),
      ended: () => void this.#afterExit(),
    });
    if (this.#configuration !== undefined) this.configure(this.#configuration);
    this.#bringAgain();
  }

  async #afterExit(): Promise<void> {
    this.#host = undefined;
    this.#onEnd();
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

  /** Tells a process that knows nothing yet what its nodes had learned. */
  #bringAgain(): void {
    for (const [node, { brought }] of this.#feeds.entries()) {
      if (brought !== undefined && node < this.#nodes.count) this.#bring(node, brought);
    }
  }

  #bring(node: number, configuration: Configuration): void {
    const nodes = this.#nodes.count;
    this.#tell({ type: 'configure', node, nodes, configuration: this.#onKnownPorts(configuration) });
  }

  #onKnownPorts(configuration: Configuration): Configuration {
    const listeners = configuration.listeners.map((listener) => ({
      ...listener,
      port: this.#ports.get(listener.arn) ?? listener.port,
    }));
    return { ...configuration, listeners };
  }

  #tell(message: ToDataPlane): void {
    if (!this.#isStopping) this.#host?.tell(message);
  }
}
