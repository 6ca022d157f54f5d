/** So many are remembered: older ones are long closed. */
const MOST = 500;

/** Tells what is shown already from what is newer. */
export function createNewest(): {
  /** Whether nothing newer was seen of `id`; from then on this is the newest. `at` in milliseconds since the epoch. */
  isNewest(id: string, at: number): boolean;
} {
  const seen = new Map<string, number>();
  return {
    isNewest(id, at) {
      const last = seen.get(id);
      if (last !== undefined && last > at) return false;
      seen.delete(id);
      seen.set(id, at);
      const [oldest] = seen.keys();
      if (seen.size > MOST && oldest !== undefined) seen.delete(oldest);
      return true;
    },
  };
}
