/** Who has to wait for whom: jobs for a free place, runs of one concurrency group for each other. */
export class Queues {
  #free: number;
  readonly #waiting = new Set<() => void>();
  readonly #groups = new Map<string, Group>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs `work` as soon as there is a place; not at all when the signal has aborted by then. */
  async inPlace(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (!(await this.#place(signal))) return;
    try {
      if (!signal.aborted) await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** False, without a place, when the signal aborts first. */
  async #place(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    const given = Promise.withResolvers<boolean>();
    const take = () => {
      this.#waiting.delete(take);
      given.resolve(true);
    };
    this.#waiting.add(take);
    const giveUp = () => {
      if (this.#waiting.delete(take)) given.resolve(false);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const isGiven = await given.promise;
    signal.removeEventListener('abort', giveUp);
    return isGiven;
  }

  /**
   * Resolves when a run may begin, and gives what ends its turn; at once for one that is cancelled while it waits. At most one waits
   * in a group: a newer one cancels it, and what runs too if it says so.
   */
  async turn(
    { group, cancelsOthers }: { group: string; cancelsOthers: boolean },
    { cancel, signal }: { cancel: () => void; signal: AbortSignal },
  ): Promise<() => void> {
    const known = this.#groups.get(group) ?? { running: undefined, waiting: undefined };
    this.#groups.set(group, known);
    known.waiting?.cancel();
    const member: Member = { cancel, ended: Promise.withResolvers<void>() };
    const { running } = known;
    known.waiting = member;
    if (running !== undefined) {
      if (cancelsOthers) running.cancel();
      await Promise.race([running.ended.promise, aborted(signal)]);
    }
    if (known.waiting === member) known.waiting = undefined;
    if (signal.aborted) return () => undefined;
    known.running = member;
    return () => {
      if (known.running === member) known.running = undefined;
      member.ended.resolve();
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

type Member = { cancel: () => void; ended: PromiseWithResolvers<void> };
type Group = { running: Member | undefined; waiting: Member | undefined };
