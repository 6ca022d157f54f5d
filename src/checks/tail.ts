import { TAIL_LINES } from '../domain/check.ts';

/** Characters of one line: what is longer is for machines. */
const MOST = 400;

/** The last lines of an output, without empty ones at its end. */
export function tailOf(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines
    .slice(-TAIL_LINES)
    .map((line) => (line.length > MOST ? `${line.slice(0, MOST - 1).toWellFormed()}…` : line))
    .filter((line, index, all) => line !== '' || all.length > 1 || index > 0);
}
