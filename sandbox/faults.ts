import { z } from 'zod';

/**
 * One fault the sandbox was told to show. `service` is `slack`, `ecs`, `elasticloadbalancing`, `ecr` …;
 * `operation` is the method as the real service names it (`chat.update`, `UpdateService`), or `*`.
 * It strikes from the `nth` matching call after it was set (1 = the next), for `times` calls.
 *
 * - `error`: the service answers with its internal error and does nothing.
 * - `throttle`: the service answers with its throttling error and does nothing.
 * - `slow`: the service acts after `ms` milliseconds (default 5,000).
 * - `cut-before`: the connection is cut before anything happened.
 * - `cut-after`: the service acts, then the connection is cut: the caller can't know.
 */
export const Fault = z.strictObject({
  service: z.string().min(1),
  operation: z.string().min(1),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
  kind: z.enum(['error', 'throttle', 'slow', 'cut-before', 'cut-after']),
  ms: z.int().min(0).max(120_000).default(5_000),
});
export type Fault = z.infer<typeof Fault>;

/** The faults that are set, shared by every part of the sandbox. */
export class Faults {
  #entries: { fault: Fault; calls: number }[] = [];
  readonly #observe: (service: string, operation: string) => void;

  /** `observe` hears of every call, struck or not: the sandbox's request log. */
  constructor(observe: (service: string, operation: string) => void = () => undefined) {
    this.#observe = observe;
  }

  /** Replaces every fault; an empty list ends them all. */
  set(faults: readonly Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, calls: 0 }));
  }

  /** Counts one call and says which fault strikes it. Call it once a request. */
  take(service: string, operation: string): Fault | undefined {
    this.#observe(service, operation);
    let struck: Fault | undefined;
    for (const entry of this.#entries) {
      const { fault } = entry;
      const matches = fault.service === service && (fault.operation === '*' || fault.operation === operation);
      if (!matches) continue;
      entry.calls += 1;
      const strikes = entry.calls >= fault.nth && entry.calls < fault.nth + fault.times;
      if (strikes) struck ??= fault;
    }
    return struck;
  }

  list(): { fault: Fault; calls: number }[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }
}
