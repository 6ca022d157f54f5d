import type { Configuration, Listener } from './messages.ts';
import { type HealthListener, TargetPool } from './target-pool.ts';

export type GroupHealthListener = (targetGroup: string, ...report: Parameters<HealthListener>) => void;

/**
 * One node of the load balancers: the rules and targets as it has learned them. Each node learns by itself and checks
 * its targets' health by itself, so two nodes may disagree for a while.
 */
export class LoadBalancerNode {
  readonly #pools = new Map<string, TargetPool>();
  readonly #listeners = new Map<string, Listener>();
  readonly #onHealth: GroupHealthListener;

  constructor(onHealth: GroupHealthListener) {
    this.#onHealth = onHealth;
  }

  learn(configuration: Configuration): void {
    this.#listeners.clear();
    for (const listener of configuration.listeners) this.#listeners.set(listener.arn, listener);
    const wanted = new Set(configuration.targetGroups.map(({ arn }) => arn));
    for (const [arn, pool] of this.#pools) {
      if (wanted.has(arn)) continue;
      pool.close();
      this.#pools.delete(arn);
    }
    for (const group of configuration.targetGroups) this.#poolOf(group.arn).configure(group);
  }

  listener(arn: string): Listener | undefined {
    return this.#listeners.get(arn);
  }

  pool(targetGroup: string): TargetPool | undefined {
    return this.#pools.get(targetGroup);
  }

  pools(): IterableIterator<[targetGroup: string, pool: TargetPool]> {
    return this.#pools.entries();
  }

  /** Open connections to targets of the groups that the listener's rules name. */
  connectionsBehind(listener: string): number {
    const rules = this.#listeners.get(listener)?.rules ?? [];
    const groups = new Set(rules.flatMap(({ forward }) => forward.map(({ targetGroup }) => targetGroup)));
    let open = 0;
    for (const group of groups) open += this.#pools.get(group)?.connections() ?? 0;
    return open;
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close();
    this.#pools.clear();
  }

  #poolOf(arn: string): TargetPool {
    const known = this.#pools.get(arn);
    if (known !== undefined) return known;
    const added = new TargetPool((target, verdict) => this.#onHealth(arn, target, verdict));
    this.#pools.set(arn, added);
    return added;
  }
}
