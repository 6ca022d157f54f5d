const LOOK_EVERY_MS = 250;

/**
 * Calls `listener` when the process that started this one is gone. Under npm that is a shell, which dies of a signal
 * without handing it on; otherwise it is `start.mjs`, which holds a channel. From a person's own shell nothing is watched.
 */
export function whenOrphaned(listener: () => void): void {
  if (process.channel !== undefined) {
    process.once('disconnect', listener);
    process.channel.unref();
    return;
  }
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, LOOK_EVERY_MS);
  timer.unref();
}
