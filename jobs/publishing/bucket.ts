const MINUTE = 60_000;

/** Lets through `most` calls at once and `aMinute` in the long run. Full at the start. Times in milliseconds since the epoch. */
export function createBucket({ most, aMinute }: { most: number; aMinute: number }) {
  let level = most;
  let at = 0;
  function fill(now: number): number {
    // A clock that was set back fills nothing.
    const passed = at === 0 ? 0 : Math.max(0, now - at);
    level = Math.min(most, level + (passed * aMinute) / MINUTE);
    at = now;
    return level;
  }
  return {
    /** How many calls could be made now. */
    level: fill,
    take(now: number): void {
      level = fill(now) - 1;
    },
  };
}

/** Counts what happened within the last minute. */
export function createMinute() {
  const times: number[] = [];
  return {
    count(now: number): number {
      while (times[0] !== undefined && times[0] <= now - MINUTE) times.shift();
      return times.length;
    },
    add(now: number): void {
      times.push(now);
    },
  };
}
