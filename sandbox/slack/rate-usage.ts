import type { Clock } from './identifiers.ts';

/** What came under one rate: a method, or a method and a channel. */
export type RateUsage = {
  readonly method: string;
  readonly channel?: string;
  /** Calls a minute Slack promises to take; absent for a method without a tier. */
  readonly perMinute?: number;
  readonly taken: number;
  readonly refused: number;
  /** The most calls, taken or refused, within any 60 s. */
  readonly mostInAMinute: number;
  /** The most within any second. */
  readonly mostInASecond: number;
};

type Count = {
  readonly about: Pick<RateUsage, 'method' | 'channel' | 'perMinute'>;
  taken: number;
  refused: number;
  readonly minute: Window;
  readonly second: Window;
};

/** Counts every call, whatever the limits are, so that a bench can tell how near they were. */
export class RateCounts {
  readonly #counts = new Map<string, Count>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(about: Count['about'], isTaken: boolean): void {
    const key = `${about.method} ${about.channel ?? ''}`;
    const count = this.#counts.get(key) ?? newCount(about);
    this.#counts.set(key, count);
    if (isTaken) count.taken += 1;
    else count.refused += 1;
    const now = this.#clock.now();
    count.minute.add(now);
    count.second.add(now);
  }

  list(): RateUsage[] {
    return [...this.#counts.values()].map(({ about, taken, refused, minute, second }) => ({
      ...about,
      taken,
      refused,
      mostInAMinute: minute.most,
      mostInASecond: second.most,
    }));
  }
}

function newCount(about: Count['about']): Count {
  return { about, taken: 0, refused: 0, minute: new Window(60_000), second: new Window(1000) };
}

/** The calls of the latest `ms` milliseconds, and how many there ever were at once. */
class Window {
  most = 0;
  #calls: number[] = [];
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(now: number): void {
    this.#calls = [...this.#calls.filter((at) => now - at < this.#ms), now];
    this.most = Math.max(this.most, this.#calls.length);
  }
}
