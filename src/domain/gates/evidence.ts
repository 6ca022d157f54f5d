import { probabilityOfAtLeast, probabilityOfAtMost } from './binomial.ts';

/** How many of how many requests failed, and the share (0 to 1) that may. */
export type Sample = { readonly errors: number; readonly requests: number; readonly limit: number };

/**
 * Whether so few errors prove that fewer than the limit fail, at this confidence (0 to 1): exact one-sided binomial evidence
 * (Clopper and Pearson). Without errors "less than 1 %" takes 299 requests at 95 %.
 */
export function isProvenBelow({ errors, requests, limit }: Sample, confidence: number): boolean {
  return requests > 0 && probabilityOfAtMost(errors, { trials: requests, chance: limit }) <= 1 - confidence;
}

/** Whether so many errors prove that more than the limit fail, at this confidence. */
export function isProvenAbove({ errors, requests, limit }: Sample, confidence: number): boolean {
  return requests > 0 && probabilityOfAtLeast(errors, { trials: requests, chance: limit }) <= 1 - confidence;
}

/**
 * Requests in all that would prove, with so many errors and no further one, that fewer than `limit` (0 to 1) fail.
 * Infinity where no number can: nobody proves that nothing ever fails.
 */
export function evidenceNeeded(errors: number, limit: number, confidence: number): number {
  if (limit <= 0 || confidence >= 1) return Number.POSITIVE_INFINITY;
  const isEnough = (requests: number) => isProvenBelow({ errors, requests, limit }, confidence);
  let enough = errors + 1;
  while (!isEnough(enough)) enough *= 2;
  let tooFew = errors;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
