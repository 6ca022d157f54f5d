import type { Abort, Driver, RunRecord } from './driver.ts';
import type { Term } from './term.ts';

type Parts = { term: Term; driver: Driver };

/**
 * Active runs of a version of their job that this code does not have, as older code finds them that was started after
 * newer code. They stay active and keep their key, and go on as soon as code that has the version leads. Only an abort ends one.
 */
export class RunsWithoutCode {
  readonly #parts: Parts;
  readonly #kept = new Map<string, RunRecord>();
  /** Children that were told. To tell them again would wake whoever looks at once, and again. */
  readonly #told = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  keep(record: RunRecord): void {
    this.#kept.set(record.id, record);
    const { id, version, job } = record;
    const needed = `needs version ${version} of job "${job}"`;
    this.#parts.term.report(
      new Error(`Run ${id} ${needed}, which this code does not have. It waits for code that has it.`),
    );
  }

  /** Ends those that are to be aborted, each after the runs it waited for, which are aborted too. */
  async meetAborts(flagged: readonly { id: string; abort: Abort | undefined }[]): Promise<void> {
    for (const { id, abort } of flagged) {
      if (abort === undefined || !this.#kept.has(id)) continue;
      if (!(await this.#haveChildrenEnded(id, abort))) continue;
      await this.#parts.term.call((leadership) => leadership.end(id, { status: 'aborted' }));
      this.#kept.delete(id);
    }
  }

  async #haveChildrenEnded(id: string, abort: Abort): Promise<boolean> {
    const { term, driver } = this.#parts;
    let haveEnded = true;
    for (const child of await this.#children(id)) {
      const view = await term.call(() => driver.get(child));
      if (view === undefined || view.endedAt !== undefined) continue;
      haveEnded = false;
      if (this.#told.has(child)) continue;
      this.#told.add(child);
      await term.call(() => driver.abort(child, abort));
    }
    return haveEnded;
  }

  /** What it waited for when its code was last there; what it only started lives on its own. */
  async #children(id: string): Promise<string[]> {
    const journal = await this.#parts.term.call((leadership) => leadership.journal(id));
    const waiting = journal.filter(({ kind, outcome }) => kind === 'run-all' && outcome === undefined);
    return waiting.flatMap(({ sequence, name }) =>
      name.split(', ').map((branch) => `${id}/${sequence}/${branch}`),
    );
  }
}
