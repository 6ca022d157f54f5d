import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, StorageUnavailable } from '../../../jobs/engine/driver.ts';
import type { Random } from '../random.ts';
import { jobName } from './script.ts';
import { type Deed, drawStory, type Story } from './story.ts';

/** What was asked of the engine, and when the answer came: then it is written. In milliseconds since the epoch. */
export type Asked = (Deed | { kind: 'start' }) & { run: string; askedAt: number; answeredAt: number };

/** So many runs may be unfinished before another is started. */
const mostUnfinished = 24;
const lookEveryMs = 60;
/** When no run at all ends for so long, none will. */
const patienceMs = 60_000;

/** Starts runs in a steady stream from a process that never leads, and does to each what its story says. */
export class Feeder {
  readonly asked: Asked[] = [];
  /** Runs whose story is over. */
  finished = 0;
  readonly #driver: Driver;
  readonly #random: Random;
  readonly #stories = new Set<Story>();
  readonly #failures: unknown[] = [];
  #unfinished = new Set<string>();
  #progressAt = Date.now();
  #looks = 0;

  constructor(driver: Driver, random: Random) {
    this.#driver = driver;
    this.#random = random;
  }

  /** Until `isEnough` says so for the number of runs; then, undisturbed, until all of them have ended. */
  async work(isEnough: (runs: number) => boolean, onEnough: () => void): Promise<void> {
    const looking = new AbortController();
    const lookout = this.#lookout(looking.signal).catch((error: unknown) => this.#failures.push(error));
    try {
      for (let index = 0; !isEnough(index); index += 1) {
        await this.#tell(drawStory(index, this.#random));
        await sleep(this.#random.between(10, 90));
      }
      onEnough();
      await this.#until(() => this.#stories.size === 0);
      await this.#untilNothingIsLeft();
    } finally {
      looking.abort();
      await lookout;
      // Stories that go on after a failure must not keep the process.
      this.#failures.push(new Error('It is over'));
    }
  }

  /** Resolves when there is room for the next. */
  async #tell(story: Story): Promise<void> {
    await this.#until(() => this.#stories.size < mostUnfinished);
    this.#stories.add(story);
    this.#play(story)
      .catch((error: unknown) => this.#failures.push(error))
      .finally(() => this.#stories.delete(story));
  }

  async #play(story: Story): Promise<void> {
    const { run } = story;
    for (const deed of story.early) await this.#ask(run, deed);
    await this.#start(story);
    if (story.isAskedTwice) await this.#start(story);
    const startedAt = Date.now();
    for (const { afterMs, deed } of story.timed) {
      await sleep(Math.max(0, startedAt + afterMs - Date.now()));
      await this.#ask(run, deed);
    }
    await this.#ended(run);
    for (const deed of story.late) await this.#ask(run, deed);
    this.finished += 1;
  }

  async #start({ run: id, script, key, priority, delayMs }: Story): Promise<void> {
    const at = delayMs === 0 ? {} : { at: Date.now() + delayMs };
    const start = { id, job: jobName, input: script, priority, ...at, ...(key === undefined ? {} : { key }) };
    const askedAt = Date.now();
    await this.#write(() => this.#driver.startRun(start));
    this.asked.push({ kind: 'start', run: id, askedAt, answeredAt: Date.now() });
  }

  async #ask(run: string, deed: Deed): Promise<void> {
    const askedAt = Date.now();
    await this.#write(() => this.#doDeed(run, deed));
    this.asked.push({ ...deed, run, askedAt, answeredAt: Date.now() });
  }

  #doDeed(run: string, deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'signal': {
        const { name, id, value } = deed;
        return this.#driver.signal({ run, name, id, by: 'harness', value });
      }
      case 'abort':
        return this.#driver.abort(run, { by: 'harness', reason: 'chaos' });
      case 'pause':
        return this.#driver.pause(run, { paused: true, by: 'harness' });
      case 'resume':
        return this.#driver.pause(run, { paused: false, by: 'harness' });
    }
  }

  /** Everything asked here is idempotent, and a worker that was frozen in a write makes the others wait. */
  async #write<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StorageUnavailable)) throw error;
        await sleep(20);
      }
    }
  }

  async #lookout(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const runs = await this.#write(() => this.#driver.list(['queued', 'active']));
      const unfinished = new Set(runs.map(({ id }) => id));
      if (!this.#unfinished.isSubsetOf(unfinished) || unfinished.size === 0) this.#progressAt = Date.now();
      this.#unfinished = unfinished;
      this.#looks += 1;
      await sleep(lookEveryMs);
    }
  }

  async #ended(run: string): Promise<void> {
    const seen = this.#looks;
    await this.#until(() => this.#looks > seen + 1 && !this.#unfinished.has(run));
  }

  /** Runs that were started by other runs end too. */
  async #untilNothingIsLeft(): Promise<void> {
    const seen = this.#looks;
    await this.#until(() => this.#looks > seen + 1 && this.#unfinished.size === 0);
  }

  async #until(isSo: () => boolean): Promise<void> {
    for (;;) {
      const [failure] = this.#failures;
      if (failure !== undefined) throw new Error('The stream of runs broke off', { cause: failure });
      if (isSo()) return;
      if (Date.now() > this.#progressAt + patienceMs) throw new Unfinished([...this.#unfinished]);
      await sleep(lookEveryMs / 2);
    }
  }
}

class Unfinished extends Error {
  override readonly name = 'Unfinished';
  constructor(runs: readonly string[]) {
    super(`Nothing ended for ${patienceMs / 1000} s. Not ended: ${runs.join(', ')}`);
  }
}
