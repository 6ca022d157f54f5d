import type { Target } from '../../src/domain/release.ts';
import {
  type CallOptions,
  type Platform,
  PlatformRefused,
  PlatformUnavailable,
} from '../../src/ports/platform.ts';

export type PlatformMethod = keyof Platform;
export type PlatformCall = { method: PlatformMethod; target: Target; request?: unknown };

/**
 * - `unavailable`: nothing happens and `PlatformUnavailable` is thrown.
 * - `unavailable-after`: it happens, then `PlatformUnavailable` is thrown: the caller can't know.
 * - `late`: nothing happens yet and `PlatformUnavailable` is thrown; it happens at `arrive()`.
 * - `refused`: nothing happens and `PlatformRefused` is thrown.
 * - `hang`: nothing happens and no answer comes until the caller's signal aborts.
 * - `fault`: the adapter itself fails, with a `TypeError`.
 */
export type PlatformFault = {
  method: PlatformMethod;
  kind: 'unavailable' | 'unavailable-after' | 'late' | 'refused' | 'hang' | 'fault';
  /** Default: every region. */
  region?: string;
  /** How many calls it strikes; default: every call until `mend()`. */
  times?: number;
};

/** Carries calls out, or lets them fail as a test wants. */
export class FakeFaults {
  #faults: PlatformFault[] = [];
  #late: (() => void)[] = [];

  break(fault: PlatformFault): void {
    this.#faults.push({ ...fault });
  }

  mend(): void {
    this.#faults = [];
  }

  /** Carries out what came `late`, oldest first. */
  arrive(): void {
    for (const act of this.#late.splice(0)) act();
  }

  async carryOut<Answer>(call: PlatformCall, { signal }: CallOptions, act: () => Answer): Promise<Answer> {
    signal.throwIfAborted();
    const fault = this.#strike(call);
    await new Promise((resolve) => setImmediate(resolve));
    switch (fault?.kind) {
      case 'unavailable':
        throw new PlatformUnavailable(`The platform did not answer ${call.method}.`);
      case 'refused':
        throw new PlatformRefused(`The platform refuses ${call.method}.`);
      case 'fault':
        throw new TypeError(`${call.method} is not a function`);
      case 'hang':
        return aborted(signal);
      case 'unavailable-after':
        act();
        throw new PlatformUnavailable(`The connection was cut after ${call.method}.`);
      case 'late':
        this.#late.push(act);
        throw new PlatformUnavailable(`The platform did not answer ${call.method} in time.`);
      case undefined:
        return act();
    }
  }

  #strike({ method, target: { region } }: PlatformCall): PlatformFault | undefined {
    const fault = this.#faults.find(
      (each) => each.method === method && each.times !== 0 && (each.region ?? region) === region,
    );
    if (fault?.times !== undefined) fault.times -= 1;
    return fault;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
