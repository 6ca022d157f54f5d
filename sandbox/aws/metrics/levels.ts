import { ControlError } from '../../parts.ts';
import type { Scope } from '../names.ts';
import type { MetricName, MetricStore } from './metric-store.ts';

/** What this AWS measures itself. */
const measuredNamespaces = ['AWS/ApplicationELB', 'AWS/ECS'];

type Level = Scope & MetricName & { value: number };

/** Metrics nothing here could measure, such as a database's: values that are set, and reported until they change. */
export class Levels {
  readonly #levels = new Map<string, Level>();

  /** `null` ends the metric. Throws ControlError 400 for what is measured. */
  set(scope: Scope, name: MetricName, value: number | null): void {
    if (measuredNamespaces.includes(name.namespace)) {
      throw new ControlError(400, `namespace: ${name.namespace} is measured here, so it can't be set.`);
    }
    const { account, region } = scope;
    const dimensions = Object.entries(name.dimensions).toSorted(([left], [right]) => (left < right ? -1 : 1));
    const key = JSON.stringify([account, region, name.namespace, name.metric, dimensions]);
    if (value === null) this.#levels.delete(key);
    else this.#levels.set(key, { account, region, ...name, value });
  }

  measure(second: number, store: MetricStore): void {
    for (const { value, ...level } of this.#levels.values()) {
      store.add(level, level, { second, source: 'level', values: [value], counts: [1] });
    }
  }
}
