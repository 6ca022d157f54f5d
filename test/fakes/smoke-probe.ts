import type { SmokeProbe, SmokeResult } from '../../src/ports/smoke-probe.ts';

/** A prober that answers as it is told; default: passed. */
export class FakeSmokeProbe {
  readonly requests: string[] = [];
  #answers: SmokeResult[] = [];
  #always: SmokeResult = { kind: 'passed' };

  /** What the next requests get, one after another. */
  next(...results: SmokeResult[]): void {
    this.#answers.push(...results);
  }

  /** What every later request gets that has no answer of its own. */
  always(result: SmokeResult): void {
    this.#always = result;
  }

  readonly probe: SmokeProbe = async ({ url, test }, { signal }) => {
    signal.throwIfAborted();
    this.requests.push(`${test.method} ${url}${test.path}`);
    await new Promise((resolve) => setImmediate(resolve));
    return this.#answers.shift() ?? this.#always;
  };
}
