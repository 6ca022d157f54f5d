import type { Json } from '../../src/domain/json.ts';
import type { Job } from './engine.ts';

/** The jobs this code knows, each in one or more versions. */
export class Definitions {
  readonly #jobs = new Map<string, Map<number, Job>>();

  add<Input extends Json, Output extends Json | undefined>(
    name: string,
    version: number,
    job: Job<Input, Output>,
  ): void {
    const versions = this.#jobs.get(name) ?? new Map<number, Job>();
    if (versions.has(version)) throw new Error(`Job "${name}" has two definitions of version ${version}`);
    // Whoever starts a run gives it the input its job asks for; a job that doubts that parses it.
    versions.set(version, (context) => job({ ...context, input: context.input as Input }));
    this.#jobs.set(name, versions);
  }

  has(name: string): boolean {
    return this.#jobs.has(name);
  }

  find(name: string, version: number): Job | undefined {
    return this.#jobs.get(name)?.get(version);
  }

  /** The newest version of each job: what a run begins with. */
  newest(): Map<string, number> {
    return new Map(Array.from(this.#jobs, ([name, versions]) => [name, Math.max(...versions.keys())]));
  }
}
