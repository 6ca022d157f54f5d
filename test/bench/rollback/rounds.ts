/** A call that reached AWS; `at` in milliseconds since the epoch. */
export type AwsCall = { at: number; operation: string };

/** Timers may fire a little early. */
const EARLY_MS = 10;

/**
 * How many calls at most waited for one another, one after the other, up to the last of `operation`. Only for a time in
 * which every call took `latencyMs`: one that came sooner than that after another cannot have waited for its answer. Calls
 * that have nothing to do with each other may count, so the true number is never higher.
 */
export function sequentialUntil(operation: string, calls: readonly AwsCall[], latencyMs: number): number {
  const longest: { at: number; depth: number }[] = [];
  let most = 0;
  for (const call of calls.toSorted((left, right) => left.at - right.at)) {
    const answered = longest.filter(({ at }) => call.at - at >= latencyMs - EARLY_MS);
    const depth = 1 + Math.max(0, ...answered.map((before) => before.depth));
    longest.push({ at: call.at, depth });
    if (call.operation === operation) most = Math.max(most, depth);
  }
  return most;
}
