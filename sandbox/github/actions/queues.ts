/** Who has to wait for whom: jobs for a free place, runs of one concurrency group for each other. */
export class Queues {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #groups = new Map<string, Group>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs `work` as soon as there is a place; not at all when the signal has aborted by then. */
  async inPlace(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      if (!signal.aborted) await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /**
   * Resolves when a run may begin, and gives what ends its turn. At most one waits in a group: a newer one cancels it, and what
   * runs too if it says so.
   */
  async turn(
    { group, cancelsOthers }: { group: string; cancelsOthers: boolean },
    cancel: () => void,
  ): Promise<() => void> {
    const known = this.#groups.get(group) ?? { running: undefined, waiting: undefined };
    this.#groups.set(group, known);
    known.waiting?.cancel();
    const member: Member = { cancel, ended: Promise.withResolvers<void>() };
    const { running } = known;
    known.waiting = member;
    if (running !== undefined) {
      if (cancelsOthers) running.cancel();
      await running.ended.promise;
    }
    if (known.waiting === member) known.waiting = undefined;
    known.running = member;
    return () => {
      if (known.running === member) known.running = undefined;
      member.ended.resolve();
    };
  }
}

type Member = { cancel: () => void; ended: PromiseWithResolvers<void> };
type Group = { running: Member | undefined; waiting: Member | undefined };
