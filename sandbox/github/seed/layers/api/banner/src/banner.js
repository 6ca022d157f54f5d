import { readFileSync } from 'node:fs';

/** What the first page says at its top: one line of at most 60 characters fits on a phone. */
export const LONGEST_BANNER = 60;

export function banner() {
  return readFileSync(new URL('banner.txt', import.meta.url), 'utf8').trim();
}
