import type { Readings } from '../data-plane/messages.ts';

/** A little after the second, so that its numbers are complete. */
const afterSecondMs = 20;

/** Fetches the numbers of every second once, right after it is over. */
export class Recorder {
  readonly #read: (sinceSecond: number) => Promise<Readings>;
  readonly #hear: (finished: Readings, endSecond: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #nextSecond = Math.floor(Date.now() / 1_000);
  #isStopped = false;

  /** `hear` gets only what happened before `endSecond`, and nothing twice. */
  constructor(
    read: (sinceSecond: number) => Promise<Readings>,
    hear: (finished: Readings, endSecond: number) => void,
  ) {
    this.#read = read;
    this.#hear = hear;
  }

  start(): void {
    const toNextSecondMs = 1_000 - (Date.now() % 1_000);
    this.#timer = setTimeout(() => void this.#fetch(), toNextSecondMs + afterSecondMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #fetch(): Promise<void> {
    const endSecond = Math.floor(Date.now() / 1_000);
    const since = this.#nextSecond;
    const { totals, probes, ...rest } = await this.#read(since);
    if (this.#isStopped) return;
    this.#nextSecond = endSecond;
    const isFinished = ({ second }: { second: number }) => second >= since && second < endSecond;
    const finished = {
      totals,
      probes: probes.filter(isFinished),
      buckets: rest.buckets.filter(isFinished),
      hosts: rest.hosts.filter(isFinished),
      connections: rest.connections.filter(isFinished),
    };
    this.#hear(finished, endSecond);
    this.start();
  }
}
