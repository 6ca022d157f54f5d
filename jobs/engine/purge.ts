import type { Term } from './term.ts';

/** Between two looks for what is old enough. Milliseconds. */
const EVERY = 3_600_000;
/** A start has better things to do first. Milliseconds. */
const AFTER_START = 60_000;
/** Runs whose journals are deleted in one transaction: other writes wait for it. */
const BATCH = 20;
/** Between two batches. Milliseconds. */
const BETWEEN_BATCHES = 50;

/** Deletes the journals and signals of runs that ended longer ago than `retentionMs`, a few at a time, until the term ends. */
export async function purge(term: Term, retentionMs: number, signal: AbortSignal): Promise<void> {
  const { clock } = term;
  await clock.sleep(AFTER_START, signal);
  for (;;) {
    while ((await purgeBatch(term, retentionMs)) > 0) await clock.sleep(BETWEEN_BATCHES, signal);
    await term.call((leadership) => leadership.compact());
    await clock.sleep(EVERY, signal);
  }
}

function purgeBatch(term: Term, retentionMs: number): Promise<number> {
  const before = term.clock.now() - retentionMs;
  return term.call((leadership) => leadership.purge({ before, limit: BATCH }));
}
