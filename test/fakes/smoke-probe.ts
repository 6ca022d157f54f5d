import type { Colour } from '../../src/domain/release.ts';
import type { SmokeProbe, SmokeResult } from '../../src/ports/smoke-probe.ts';

/** A prober that answers as it is told; default: passed. */
export class FakeSmokeProbe {
  readonly requests: string[] = [];
  #answers: SmokeResult[] = [];
  #always: SmokeResult = { kind: 'passed' };
  readonly #colours = new Map<Colour, SmokeResult>();

  /** What the next requests get, one after another. */
  next(...results: SmokeResult[]): void {
    this.#answers.push(...results);
  }

  /** What every later request gets that has no answer of its own. */
  always(result: SmokeResult): void {
    this.#always = result;
  }

  /** What every later request through the preview rule to this colour gets. */
  colour(colour: Colour, result: SmokeResult): void {
    this.#colours.set(colour, result);
  }

  readonly probe: SmokeProbe = async ({ url, test, preview }, { signal }) => {
    signal.throwIfAborted();
    this.requests.push(
      `${test.method} ${url}${test.path}${preview === undefined ? '' : ` to ${preview.colour}`}`,
    );
    await new Promise((resolve) => setImmediate(resolve));
    const ofColour = preview === undefined ? undefined : this.#colours.get(preview.colour);
    if (ofColour !== undefined) return ofColour;
    return this.#answers.shift() ?? this.#always;
  };
}
