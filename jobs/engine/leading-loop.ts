import type { Driver } from './driver.ts';
import type { Term } from './term.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

export type LeadingLoop = { name: string; loop: (signal: AbortSignal) => Promise<void> };

/** Keeps a loop going until the term ends: one that throws is reported and begun again after a pause. */
export async function keepGoing({ name, loop }: LeadingLoop, term: Term, driver: Driver): Promise<void> {
  const { clock, leaving } = term;
  let pauseMs = firstPauseMs;
  const isOver = () => leaving.aborted;
  while (!isOver()) {
    const begunAt = clock.now();
    try {
      await loop(leaving);
      return;
    } catch (error) {
      if (isOver()) return;
      const damage = driver.damageIn(error);
      if (damage !== undefined) return term.giveUp(damage);
      if (clock.now() - begunAt > longestPauseMs) pauseMs = firstPauseMs;
      term.report(new Error(`The loop "${name}" failed and begins again in ${pauseMs} ms`, { cause: error }));
    }
    await clock.sleep(pauseMs, leaving).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
