import type { Clock } from '../src/ports/clock.ts';
import type { Store } from '../src/ports/store.ts';

/** A request is answered within minutes and never sent again by Slack after hours: this is for looking back. Milliseconds. */
const RETENTION = 30 * 24 * 3_600_000;
/** Between two looks for what is old enough. Milliseconds. */
const EVERY = 3_600_000;
/** A start has better things to do first. Milliseconds. */
const AFTER_START = 60_000;
/** Deleted in one transaction: other writes wait for it. */
const BATCH = 200;
/** Between two batches. Milliseconds. */
const BETWEEN_BATCHES = 50;

/** Forgets what came from Slack and was finished long ago, a little at a time. Runs while this process leads. */
export async function purgeArrivals(
  { store, clock }: { store: Store; clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  await clock.sleep(AFTER_START, signal);
  for (;;) {
    const before = clock.now() - RETENTION;
    const purged = await store.purgeArrivals({ before, limit: BATCH });
    await clock.sleep(purged === BATCH ? BETWEEN_BATCHES : EVERY, signal);
  }
}
