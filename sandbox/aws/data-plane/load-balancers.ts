import { Counters } from './counters.ts';
import type { Configuration, FromDataPlane, Readings, ToDataPlane } from './messages.ts';
import { LoadBalancerNode } from './node.ts';
import { PublicListener } from './public-listener.ts';
import { StateLog } from './state-log.ts';

/** Everything a request of a customer passes on its way to a task: listeners, and the nodes behind them. */
export class LoadBalancers {
  readonly #nodes: LoadBalancerNode[] = [];
  readonly #listeners = new Map<string, PublicListener>();
  readonly #counters = new Counters();
  readonly #probeCounters = new Counters();
  readonly #states: StateLog;
  readonly #tell: (message: FromDataPlane) => void;
  #probeToken = '';
  #nodeCount = 1;

  constructor(tell: (message: FromDataPlane) => void) {
    this.#tell = tell;
    this.#states = new StateLog(() => ({
      nodes: this.#nodes.slice(0, this.#nodeCount),
      listeners: this.#listeners,
    }));
  }

  async hear(message: ToDataPlane): Promise<void> {
    switch (message.type) {
      case 'configure':
        this.#nodeCount = message.nodes;
        await this.#configure(message.node, message.configuration);
        return;
      case 'read':
        this.#tell({ type: 'readings', id: message.id, readings: this.#read(message.sinceSecond) });
        return;
    }
  }

  /** Ends every listener, connection and timer. */
  close(): void {
    this.#states.stop();
    for (const listener of this.#listeners.values()) listener.close();
    for (const node of this.#nodes) node.close();
  }

  async #configure(index: number, configuration: Configuration): Promise<void> {
    this.#probeToken = configuration.probeToken;
    this.#node(index).learn(configuration);
    const opened: Record<string, number> = {};
    for (const { arn, port } of configuration.listeners) {
      if (this.#listeners.has(arn)) continue;
      const added = this.#addListener(arn);
      opened[arn] = await added.open(port);
    }
    if (Object.keys(opened).length > 0) this.#tell({ type: 'listening', ports: opened });
  }

  #addListener(arn: string): PublicListener {
    const added = new PublicListener(arn, {
      nodes: () => this.#nodes.slice(0, this.#nodeCount),
      isProbe: (token) => token === this.#probeToken,
      count: (counted) => this.#counters.count(counted, Date.now()),
      countProbe: (counted) => this.#probeCounters.count(counted, Date.now()),
    });
    this.#listeners.set(arn, added);
    return added;
  }

  /** Only the first node tells of its targets' health, as the API shows one verdict. */
  #node(index: number): LoadBalancerNode {
    for (let missing = this.#nodes.length; missing <= index; missing += 1) {
      this.#nodes.push(
        new LoadBalancerNode((targetGroup, { host, port }, verdict) => {
          if (missing === 0) this.#tell({ type: 'health', targetGroup, host, port, ...verdict });
        }),
      );
    }
    const node = this.#nodes[index];
    if (node === undefined) throw new Error(`There is no load balancer node ${index}`);
    return node;
  }

  #read(sinceSecond: number): Readings {
    return {
      totals: this.#counters.totals(),
      buckets: this.#counters.since(sinceSecond),
      probes: this.#probeCounters.since(sinceSecond),
      ...this.#states.since(sinceSecond),
    };
  }
}
