import { distance } from 'fastest-levenshtein';

/**
 * The known word somebody most likely meant: at most a third of the letters differ, rounded up, so that two swapped letters
 * of a short word still count.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: { candidate: string; steps: number } | undefined;
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || steps < best.steps) best = { candidate, steps };
  }
  if (best === undefined) return undefined;
  const limit = Math.ceil(Math.max(word.length, best.candidate.length) / 3);
  return best.steps <= limit ? best.candidate : undefined;
}

/** Whether one letter more, less or other is all that tells two words apart: most likely a slip. */
export function isOneLetterOff(word: string, known: string): boolean {
  return distance(word, known) === 1;
}
