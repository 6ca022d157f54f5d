/**
 * Lets work run at most once in `everyMs`: at once when it has been quiet, else as soon as the time has passed. Calls
 * in between share that one run and settle with it.
 */
export function spaced(work: () => Promise<void>, everyMs: number): () => Promise<void> {
  let lastAt = Number.NEGATIVE_INFINITY;
  let waiting: Promise<void> | undefined;
  const run = (): Promise<void> => {
    waiting = undefined;
    lastAt = performance.now();
    return work();
  };
  return () => {
    const restMs = lastAt + everyMs - performance.now();
    if (waiting !== undefined) return waiting;
    if (restMs <= 0) return run();
    waiting = new Promise((resolve) => setTimeout(resolve, Math.ceil(restMs))).then(run);
    return waiting;
  };
}
