import type { ConnectionCount, HostCount } from './messages.ts';
import type { LoadBalancerNode } from './node.ts';
import type { PublicListener } from './public-listener.ts';

/** Read once a second by the control plane; more is only kept for one that is late. */
const keptSeconds = 120;
/** After a longer pause of the process, its seconds stay empty. */
const mostAtOnce = 10;

type Seen = { nodes: readonly LoadBalancerNode[]; listeners: ReadonlyMap<string, PublicListener> };

/** What is not counted per request: at the end of every second, the targets and connections there are. */
export class StateLog {
  readonly #look: () => Seen;
  readonly #timer: NodeJS.Timeout;
  #noted = Math.floor(Date.now() / 1_000) - 1;
  #hosts: HostCount[] = [];
  #connections: ConnectionCount[] = [];

  constructor(look: () => Seen) {
    this.#look = look;
    this.#timer = setInterval(() => this.#noteEnded(), 1_000);
  }

  since(second: number): { hosts: HostCount[]; connections: ConnectionCount[] } {
    this.#noteEnded();
    return {
      hosts: this.#hosts.filter((one) => one.second >= second),
      connections: this.#connections.filter((one) => one.second >= second),
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Every second that is over, none left out: whoever reads finds what a late timer has not noted yet. */
  #noteEnded(): void {
    const last = Math.floor(Date.now() / 1_000) - 1;
    const first = Math.max(this.#noted + 1, last - mostAtOnce);
    for (let second = first; second <= last; second += 1) this.#note(second);
    this.#noted = Math.max(this.#noted, last);
  }

  #note(second: number): void {
    const { nodes, listeners } = this.#look();
    for (const [node, one] of nodes.entries()) {
      for (const [targetGroup, pool] of one.pools()) {
        const { registered, healthy, unhealthy } = pool.hosts();
        if (registered > 0) this.#hosts.push({ second, node, targetGroup, healthy, unhealthy });
      }
      for (const [arn, listener] of listeners) {
        const { open, opened } = listener.takeConnections(node);
        const active = open + one.connectionsBehind(arn);
        this.#connections.push({ second, node, listener: arn, active, opened });
      }
    }
    const isKept = (noted: { second: number }) => noted.second > second - keptSeconds;
    this.#hosts = this.#hosts.filter(isKept);
    this.#connections = this.#connections.filter(isKept);
  }
}
