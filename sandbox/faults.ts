import { z } from 'zod';

/**
 * One fault the sandbox was told to show. `service` is `slack`, `ecs`, `elasticloadbalancing`, `ecr` …;
 * `operation` is the method as the real service names it (`chat.update`, `UpdateService`), or `*`.
 * It strikes from the `nth` matching call after it was set (1 = the next), for `times` calls.
 *
 * - `error`: the service answers with its internal error and does nothing.
 * - `throttle`: the service answers with its throttling error and does nothing.
 * - `refuse`: the service answers with the error code of `error` and does nothing.
 * - `slow`: the service acts after `ms` milliseconds (default 5,000).
 * - `hang`: the service does nothing and never answers, until the caller gives up.
 * - `cut-before`: the connection is cut before anything happened.
 * - `cut-after`: the service acts, then the connection is cut: the caller can't know.
 * - `error-after`: the service acts, then answers with its internal error.
 * - `duplicate`: a delivery of Slack or GitHub comes twice, as the same envelope.
 * - `lose-ack`: a delivery of Slack arrives, and its acknowledgement is lost.
 */
export const Fault = z
  .strictObject({
    service: z.string().min(1),
    operation: z.string().min(1),
    nth: z.int().min(1).default(1),
    times: z.int().min(1).default(1),
    kind: z.enum([
      'error',
      'throttle',
      'refuse',
      'slow',
      'hang',
      'cut-before',
      'cut-after',
      'error-after',
      'duplicate',
      'lose-ack',
    ]),
    ms: z.int().min(0).max(120_000).default(5_000),
    /** The error code of `refuse`, as the real service spells it. */
    error: z.string().min(1).optional(),
    /** What a `throttle` of Slack tells the caller to wait; 1 second unless told. */
    retryAfterSeconds: z.int().min(1).max(3600).optional(),
  })
  .refine((fault) => fault.kind !== 'refuse' || fault.error !== undefined, {
    path: ['error'],
    message: 'say which error code to refuse with, such as channel_not_found',
  })
  .refine((fault) => !isOfDeliveries(fault.kind) || isDelivery(fault), {
    path: ['operation'],
    message:
      'only deliveries of Slack and GitHub can do that: deliver:slash_commands, deliver:interactive, deliver:events_api, deliver:push and the like',
  });
export type Fault = z.infer<typeof Fault>;

/** A fault that is set. `calls` counts those it was meant for, `struck` those it spoiled; it is used up at `times`. */
export type FaultEntry = { id: number; fault: Fault; calls: number; struck: number };

/** The faults that are set, shared by every part of the sandbox. */
export class Faults {
  #entries: FaultEntry[] = [];
  #lastId = 0;
  readonly #observe: (service: string, operation: string) => void;

  /** `observe` hears of every call, struck or not: the sandbox's request log. */
  constructor(observe: (service: string, operation: string) => void = () => undefined) {
    this.#observe = observe;
  }

  /** Replaces every fault; an empty list ends them all. */
  set(faults: readonly Fault[]): void {
    this.#entries = [];
    for (const fault of faults) this.add(fault);
  }

  /** Leaves the others, and what they have counted, as they are. */
  add(fault: Fault): void {
    this.#lastId += 1;
    this.#entries.push({ id: this.#lastId, fault, calls: 0, struck: 0 });
  }

  /** Ends one fault. False when there is none with this id. */
  end(id: number): boolean {
    const kept = this.#entries.filter((entry) => entry.id !== id);
    const isKnown = kept.length < this.#entries.length;
    this.#entries = kept;
    return isKnown;
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
      if (!strikes || struck !== undefined) continue;
      struck = fault;
      entry.struck += 1;
    }
    return struck;
  }

  list(): FaultEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }
}

function isOfDeliveries(kind: string): boolean {
  return kind === 'duplicate' || kind === 'lose-ack';
}

function isDelivery({ service, operation }: { service: string; operation: string }): boolean {
  return (service === 'slack' || service === 'github') && operation.startsWith('deliver:');
}
