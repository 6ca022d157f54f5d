/**
 * A reading that never overlaps itself: asked while one runs, it runs once more afterwards, so the last answer is
 * never older than the last question. Every caller's promise settles with a run that began after its call.
 */
export function coalesced(read: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      await read();
    } finally {
      running = undefined;
    }
  };
  const begin = (): Promise<void> => {
    running = run();
    return running;
  };
  const beginNext = (): Promise<void> => {
    next = undefined;
    return begin();
  };
  return () => {
    if (running === undefined) return begin();
    next ??= running.then(beginNext, beginNext);
    return next;
  };
}
